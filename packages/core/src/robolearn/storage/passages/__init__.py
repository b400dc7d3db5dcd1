"""Passages by words, and passages by id."""

from robolearn.storage.passages.sql_passage_search import SqlPassageSearch

__all__ = ["SqlPassageSearch"]
