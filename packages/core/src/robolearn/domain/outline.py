"""The author's order: what a layout reads from a navigation file, before any page is parsed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """A page in the navigation.

    `path` is POSIX, relative to the source root. `title` is the navigation's own (None: the page's).
    `lines` limits the page to a part of its file (1-based, inclusive), `part` then names that part and
    is unique in the file; together they make one big README into many lessons.
    """

    path: str
    title: str | None = None
    part: str = ""
    lines: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        """The page's identity within its source: its path, and its part if it is one."""
        return f"{self.path}#{self.part}" if self.part else self.path


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A titled group of pages and groups. A page that the group itself links to is its first child."""

    title: str
    children: tuple[OutlineNode, ...]


OutlineNode = OutlinePage | OutlineSection


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """One course as its author arranged it.

    `key` tells the courses of a source apart and stays the same when the title changes ("" if there is
    one). `scope` is the folder whose remaining pages belong to this course, outside its navigation.
    """

    key: str
    title: str
    layout: str
    nodes: tuple[OutlineNode, ...]
    scope: str = ""
    description: str | None = None
    language: str | None = None
