"""Loads a folder again whenever its files change: what development does in place of a run by hand."""

from robolearn_ingest.watching.ending import Ending
from robolearn_ingest.watching.watch import watch_source

__all__ = ["Ending", "watch_source"]
