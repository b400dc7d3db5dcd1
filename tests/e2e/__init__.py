"""The whole platform, as its users meet it."""
