"""Questions put to the search, and what comes back."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class SearchMode(StrEnum):
    """`hybrid` fuses meaning and words; the other two ask one leg alone."""

    HYBRID = "hybrid"
    SEMANTIC = "semantic"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Each filter that is set must hold; within one, any of its values will do."""

    course: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    ros_distro: tuple[str, ...] = ()
    simulator: tuple[str, ...] = ()
    hardware: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage an index found. `dense` is a cosine, `lexical` a BM25 score (None: not found by that leg)."""

    passage_id: UUID
    score: float
    dense: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a passage's text with the places to highlight, as (start, end) offsets into `text`."""

    text: str
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with the lesson and place it comes from."""

    passage_id: UUID
    lesson_id: UUID
    lesson_title: str
    course: str
    course_title: str
    heading_path: tuple[str, ...]
    anchor: str
    text: str
    snippet: Snippet
    source_path: str
    line_start: int
    line_end: int
    in_navigation: bool
    level: str | None
    language: str
    ros_distro: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result: the passage, and the scores that put it there."""

    passage: PassageView
    score: float
    dense: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found. `degraded` tells why meaning was left out, if it was."""

    query: str
    mode: SearchMode
    hits: tuple[SearchHit, ...] = field(default=())
    degraded: str | None = None
    next_cursor: str | None = None
