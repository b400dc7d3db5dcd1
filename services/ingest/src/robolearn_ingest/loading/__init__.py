"""From an outline and its pages to rows: placing, parsing, matching with what is stored, and writing."""

from robolearn_ingest.loading.report import LoadReport
from robolearn_ingest.loading.run import load_curriculum

__all__ = ["LoadReport", "load_curriculum"]
