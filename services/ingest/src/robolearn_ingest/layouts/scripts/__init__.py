"""Reads the data in JavaScript and TypeScript files, without running them."""

from robolearn_ingest.layouts.scripts.evaluating import Script, read_script
from robolearn_ingest.layouts.scripts.values import Table, Text, Unknown, Value, line_of

__all__ = ["Script", "Table", "Text", "Unknown", "Value", "line_of", "read_script"]
