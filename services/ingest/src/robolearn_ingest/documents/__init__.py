"""Bytes of a Markdown or MDX file in, a page with its passages and what was wrong with it out."""

from robolearn_ingest.documents.front_matter import front_matter

__all__ = ["front_matter"]
