"""Rules for markdown-it: what real curricula write beyond CommonMark."""
