"""Courses on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from robolearn_api.models.wire import Wire


class CourseSummary(Wire):
    """A course in a list."""

    id: UUID
    slug: str
    """Names the course in addresses."""
    title: str
    description: str | None
    language: str
    """ISO 639-1."""
    layout: str
    """How its author arranged the files it was read from."""
    lessons: int
    minutes: int | None
    """Of all lessons that say how long they take."""
    levels: list[str]
    """Of its lessons."""
    ros_distros: list[str]
    """Of its lessons."""
    updated_at: datetime


class CoursePage(Wire):
    """Courses by slug, and where to go on."""

    items: list[CourseSummary]
    next_cursor: str | None
    """Give it as `cursor` to get what follows; null on the last page."""


class LessonEntry(Wire):
    """A lesson in a course's tree."""

    kind: Literal["lesson"] = "lesson"
    id: UUID
    title: str
    source_path: str
    in_navigation: bool
    """False: the author's navigation does not list it."""
    level: str | None
    minutes: int | None


class ModuleNode(Wire):
    """A titled part of a course with what is in it, in the author's order."""

    kind: Literal["module"] = "module"
    title: str
    children: list[ModuleNode | LessonEntry]


class CourseTree(Wire):
    """A course with everything in it, in the author's order."""

    summary: CourseSummary
    source: str
    """Where it was read from."""
    revision: str | None
    """The commit it was read at, if its source has such."""
    children: list[ModuleNode | LessonEntry]
    extra: list[LessonEntry]
    """Lessons outside the navigation."""
