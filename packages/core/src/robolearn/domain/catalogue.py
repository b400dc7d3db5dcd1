"""The catalogue as readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from robolearn.domain.page import Facts, Heading


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A course in a list. `levels` and `ros_distros` are those its lessons name, in alphabetical order."""

    id: UUID
    slug: str
    title: str
    description: str | None
    language: str
    layout: str
    lessons: int
    minutes: int | None
    updated_at: datetime
    levels: tuple[str, ...] = ()
    ros_distros: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """A lesson in a course's tree."""

    id: UUID
    title: str
    source_path: str
    in_navigation: bool
    level: str | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ModuleNode:
    """A titled part of a course with what is in it, in the author's order."""

    title: str
    children: tuple[ModuleNode | LessonEntry, ...]


@dataclass(frozen=True, slots=True)
class CourseTree:
    """A course with everything in it. `extra` are its lessons outside the navigation."""

    summary: CourseSummary
    source: str
    revision: str | None
    children: tuple[ModuleNode | LessonEntry, ...]
    extra: tuple[LessonEntry, ...]


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage in a lesson."""

    id: UUID
    heading_path: tuple[str, ...]
    anchor: str
    line_start: int
    line_end: int
    text: str


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson with all that is shown of it. `breadcrumbs` are the titles of its modules, outermost first."""

    id: UUID
    title: str
    description: str | None
    course: str
    course_title: str
    breadcrumbs: tuple[str, ...]
    source_path: str
    in_navigation: bool
    body: str
    html: str
    headings: tuple[Heading, ...]
    facts: Facts
    passages: tuple[PassageEntry, ...]
    previous: LessonEntry | None
    next: LessonEntry | None
    updated_at: datetime
