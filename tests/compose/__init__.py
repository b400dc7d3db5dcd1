"""What operators call, without an engine: Compose files, secrets, checks."""
