"""The worker's view of the database: claims, cached vectors, removals and counts."""

from robolearn.storage.ledger.sql_ledger import SqlLedger

__all__ = ["SqlLedger"]
