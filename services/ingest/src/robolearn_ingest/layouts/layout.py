"""What a layout is: one way in which authors lay out a course as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from robolearn.domain.outline import CourseOutline, OutlinePage
from robolearn.domain.problems import Problem
from robolearn_ingest.layouts.folder import Folder


@dataclass(frozen=True, slots=True)
class LayoutResult:
    """The courses that a layout finds in a folder.

    A course without a title gets that of its README. `hidden` are pages that are no lessons: drafts,
    partials, the navigation itself. The `scope` of a course says where pages outside its navigation are.
    """

    courses: tuple[CourseOutline, ...]
    problems: tuple[Problem, ...] = ()
    hidden: frozenset[str] = frozenset()


class Layout(Protocol):
    """A plug-in. A new one is a file with this in it, a line in the registry, and its tests."""

    @property
    def name(self) -> str:
        """How the layout is called in the catalogue and in reports."""
        ...

    def outline(self, folder: Folder) -> LayoutResult | None:
        """What the author arranged in this folder; None where this is not the layout it follows.

        Every page of the result exists in the tree. What is missing or cannot be read becomes a problem.
        """
        ...


@dataclass(frozen=True, slots=True)
class Outlined:
    """All courses of a source. `outside` holds, by course key, pages that are in no navigation."""

    courses: tuple[CourseOutline, ...]
    outside: Mapping[str, tuple[OutlinePage, ...]]
    problems: tuple[Problem, ...]
