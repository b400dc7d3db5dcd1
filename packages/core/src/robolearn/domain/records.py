"""The rows of a curriculum that a run of ingest reads, compares and writes."""

from dataclasses import dataclass, field
from uuid import UUID

from robolearn.domain.page import Facts, Heading
from robolearn.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where a curriculum comes from, and what its last complete run was over."""

    id: UUID
    location: str
    revision: str | None
    digest: bytes | None
    last_run_id: UUID | None


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """A course of a source."""

    id: UUID
    source_id: UUID
    key: str
    slug: str
    title: str
    description: str | None
    language: str
    layout: str


@dataclass(frozen=True, slots=True)
class ModuleRecord:
    """A titled group in a course; `position` counts modules and lessons together, depth first."""

    id: UUID
    course_id: UUID
    parent_id: UUID | None
    position: int
    title: str


@dataclass(frozen=True, slots=True)
class LessonRecord:
    """A lesson without its text. `payload_hash` covers what search filters on."""

    id: UUID
    course_id: UUID
    module_id: UUID | None
    key: str
    source_path: str
    position: int
    in_navigation: bool
    title: str
    page_title: str | None
    description: str | None
    facts: Facts
    language: str
    content_hash: bytes
    payload_hash: bytes


@dataclass(frozen=True, slots=True)
class LessonContent:
    """The text of a lesson."""

    body: str
    html: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """A stored passage: which text, and where. The heading path is part of what `text_hash` covers."""

    id: UUID
    lesson_id: UUID
    position: int
    anchor: str
    line_start: int
    line_end: int
    text_hash: bytes


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage to be written."""

    place: PassagePlace
    heading_path: tuple[str, ...]
    text: str
    language: str


@dataclass(slots=True)
class CurriculumChanges:
    """Everything that one run writes. Lists hold new or changed rows, the `removed_` ones ids."""

    courses: list[CourseRecord] = field(default_factory=list)
    modules: list[ModuleRecord] = field(default_factory=list)
    new_lessons: list[tuple[LessonRecord, LessonContent]] = field(default_factory=list)
    rewritten_lessons: list[tuple[LessonRecord, LessonContent]] = field(default_factory=list)
    replaced_lessons: list[LessonRecord] = field(default_factory=list)
    new_passages: list[PassageRecord] = field(default_factory=list)
    rewritten_passages: list[PassageRecord] = field(default_factory=list)
    moved_passages: list[PassagePlace] = field(default_factory=list)
    removed_courses: list[UUID] = field(default_factory=list)
    removed_modules: list[UUID] = field(default_factory=list)
    removed_lessons: list[UUID] = field(default_factory=list)
    removed_passages: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run did: lessons and passages by what happened to them, and the problems it met.

    `page_problems` come from the content of pages and stand until those change; `problems` are all others.
    """

    id: UUID
    revision: str | None
    counts: dict[str, int]
    problems: tuple[Problem, ...]
    page_problems: tuple[Problem, ...]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """All problems by path and line."""
        return tuple(sorted({*self.problems, *self.page_problems}, key=_place))


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.reason
