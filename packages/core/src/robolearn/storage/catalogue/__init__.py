"""What readers see of courses and lessons."""

from robolearn.storage.catalogue.sql_catalogue import SqlCatalogue

__all__ = ["SqlCatalogue"]
