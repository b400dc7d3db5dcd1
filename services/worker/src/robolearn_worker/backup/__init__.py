"""Backups of the database and of the index, and the way back."""
