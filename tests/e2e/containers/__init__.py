"""Both stacks on a real Docker Engine: brought up, used and broken."""
