"""A lesson as an entry of a tree, read as an array of JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from robolearn.domain.catalogue import LessonEntry

ENTRY = "id, title, source_path, level, minutes"
"""The columns of `lesson` that make an entry."""


def entry_of(columns: Sequence[Any], in_navigation: bool) -> LessonEntry:
    """The values of ENTRY, of a lesson inside or outside the navigation, as the domain sees them."""
    lesson_id, title, source_path, level, minutes = columns
    return LessonEntry(UUID(lesson_id), title, source_path, in_navigation, level, minutes)
