"""The schema's history, packaged with the program that owns it.

Forward only: a downgrade would throw learners' work away, so none is offered. A change is made in two
releases instead: first *expand* (add, so that the release before still runs), then *contract* (drop what
nothing uses any more). Revisions are named by date, then slug: `versions/2026_11_23_curriculum.py`.
"""

from robolearn_ingest.migrations.migrate import MigrationResult, head, migrate
from robolearn_ingest.migrations.waiting import wait_for_server

__all__ = ["MigrationResult", "head", "migrate", "wait_for_server"]
