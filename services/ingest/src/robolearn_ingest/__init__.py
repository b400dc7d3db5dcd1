"""Reads curricula and loads them into PostgreSQL; owns the schema."""
