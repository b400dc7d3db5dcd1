"""From a tree of files to the author's order. Each layout is a plug-in; see `layout.Layout`."""

from robolearn_ingest.layouts.discovery import discover
from robolearn_ingest.layouts.layout import Layout, LayoutResult, Outlined
from robolearn_ingest.layouts.names import title_of_file

__all__ = ["Layout", "LayoutResult", "Outlined", "discover", "title_of_file"]
