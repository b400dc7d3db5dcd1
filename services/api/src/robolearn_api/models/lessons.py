"""A lesson on the wire."""

from datetime import datetime
from uuid import UUID

from robolearn.domain.catalogue import LessonView
from robolearn_api.links import resolve_sources
from robolearn_api.models.courses import LessonEntry
from robolearn_api.models.wire import Wire


class Heading(Wire):
    """A heading of a lesson; together they are its table of contents."""

    level: int
    """1 to 6."""
    text: str
    anchor: str
    """The `id` of the heading in the HTML."""
    line: int
    """In the source file, from 1."""


class Facts(Wire):
    """What the author says of a lesson; null or empty where nothing is said."""

    level: str | None
    minutes: int | None
    objectives: list[str]
    prerequisites: list[str]
    ros_distro: list[str]
    simulator: list[str]
    hardware: list[str]
    language: str | None


class Passage(Wire):
    """A piece of a lesson that is searched and cited as one."""

    id: UUID
    heading_path: list[str]
    """The headings above it, outermost first."""
    anchor: str
    line_start: int
    line_end: int
    text: str


class Lesson(Wire):
    """A lesson with all that is shown of it."""

    id: UUID
    title: str
    description: str | None
    course: str
    """The course's slug."""
    course_title: str
    breadcrumbs: list[str]
    """The titles of the modules it is in, outermost first."""
    source_path: str
    in_navigation: bool
    body: str
    """Markdown, as its author wrote it."""
    html: str
    """The body as safe HTML."""
    headings: list[Heading]
    facts: Facts
    passages: list[Passage]
    previous: LessonEntry | None
    next: LessonEntry | None
    updated_at: datetime

    @classmethod
    def from_domain(cls, view: LessonView) -> "Lesson":
        """The lesson, with its links to other files of the source resolved."""
        lesson = cls.model_validate(view)
        return lesson.model_copy(update={"html": resolve_sources(view.html, view.course)})
