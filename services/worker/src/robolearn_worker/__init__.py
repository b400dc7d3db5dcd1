"""The indexing side of the platform: a Celery worker and beat."""
