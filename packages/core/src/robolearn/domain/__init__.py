"""Values and rules of the platform. Imports no framework and no settings."""
