"""What the page of a lesson shows beside its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from robolearn.domain.catalogue import CourseTree, LessonEntry, LessonView, ModuleNode
from robolearn.domain.page import Heading
from robolearn_api.links import course_url, resolve_sources
from robolearn_api.web.rendering import trusted

_LEADING_TITLE = re.compile(r"\s*<h1\b[^>]*>.*?</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Branch:
    """A module in the course's list; `open` if the lesson that is shown is in it."""

    title: str
    children: tuple[Branch | LessonEntry, ...]
    open: bool


def branches(nodes: Sequence[ModuleNode | LessonEntry], shown: UUID) -> tuple[Branch | LessonEntry, ...]:
    """The course's tree, with the way to the shown lesson open."""
    return tuple(_branch(node, shown) if isinstance(node, ModuleNode) else node for node in nodes)


def _branch(node: ModuleNode, shown: UUID) -> Branch:
    children = branches(node.children, shown)
    inside = any(child.open if isinstance(child, Branch) else child.id == shown for child in children)
    return Branch(node.title, children, inside)


def without_title(html: str) -> str:
    """The text without the level-1 heading it begins with: the page shows the title itself."""
    return _LEADING_TITLE.sub("", html, count=1) if _LEADING_TITLE.match(html) else html


def title_anchor(lesson: LessonView) -> str:
    """The anchor of the heading that the page's own title replaces, "" if there is none."""
    first = lesson.headings[0] if lesson.headings else None
    return first.anchor if first and first.level == 1 and _LEADING_TITLE.match(lesson.html) else ""


def sections(lesson: LessonView) -> tuple[Heading, ...]:
    """The headings of the table of contents: the two topmost levels below the title."""
    below = lesson.headings[1:] if title_anchor(lesson) else lesson.headings
    top = min((heading.level for heading in below), default=0)
    return tuple(heading for heading in below if heading.level <= top + 1)


def lesson_values(lesson: LessonView, course: CourseTree) -> dict[str, object]:
    """What the template of a lesson needs."""
    home: list[tuple[str, str | None]] = [("Courses", "/"), (lesson.course_title, course_url(lesson.course))]
    return {
        "lesson": lesson,
        "language": lesson.facts.language or course.summary.language,
        "trail": home + [(title, None) for title in lesson.breadcrumbs],
        "title_anchor": title_anchor(lesson),
        "body": _body(lesson),
        "sections": sections(lesson),
        "tree": branches(course.children, lesson.id),
    }


def _body(lesson: LessonView) -> Markup:
    return trusted(resolve_sources(without_title(lesson.html), lesson.course))
