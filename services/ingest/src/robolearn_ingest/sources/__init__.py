"""From a place (a folder, a git address) to a tree of files held in memory."""

from robolearn_ingest.sources.opening import open_source
from robolearn_ingest.sources.settings import SourceSettings
from robolearn_ingest.sources.tree import FileEntry, SourceTree

__all__ = ["FileEntry", "SourceSettings", "SourceTree", "open_source"]
