"""PostgreSQL: tables, sessions and every query of the platform."""
