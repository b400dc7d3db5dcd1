"""The search use case: by meaning and words, and by words alone when meaning is away."""
