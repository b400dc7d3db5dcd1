"""Search results on the wire."""

from uuid import UUID

from robolearn.domain.search import SearchHit, SearchMode, SearchResult
from robolearn_api.links import lesson_url
from robolearn_api.models.wire import Wire


class HitLesson(Wire):
    """The lesson a passage stands in."""

    id: UUID
    title: str
    course: str
    """The course's slug."""
    course_title: str
    in_navigation: bool
    level: str | None
    language: str
    ros_distro: list[str]


class Snippet(Wire):
    """A piece of the passage's text, and what to highlight in it."""

    text: str
    highlights: list[tuple[int, int]]
    """[start, end) offsets into `text`, in characters (Unicode code points)."""


class Scores(Wire):
    """What put the hit where it is; null: that leg did not find it."""

    fused: float
    """What hits are ordered by. Comparable only within one answer."""
    dense: float | None
    """Cosine similarity of question and passage."""
    lexical: float | None
    """Score of the words."""


class HitSource(Wire):
    """The place in the author's files."""

    path: str
    line_start: int
    line_end: int


class Hit(Wire):
    """A passage that was found."""

    passage_id: UUID
    lesson: HitLesson
    heading_path: list[str]
    anchor: str
    snippet: Snippet
    scores: Scores
    source: HitSource
    url: str
    """The lesson's page, at the heading."""

    @classmethod
    def from_domain(cls, hit: SearchHit) -> "Hit":
        """Flat view to nested JSON."""
        seen = hit.passage
        return cls(
            passage_id=seen.passage_id,
            lesson=HitLesson(
                id=seen.lesson_id,
                title=seen.lesson_title,
                course=seen.course,
                course_title=seen.course_title,
                in_navigation=seen.in_navigation,
                level=seen.level,
                language=seen.language,
                ros_distro=list(seen.ros_distro),
            ),
            heading_path=list(seen.heading_path),
            anchor=seen.anchor,
            snippet=Snippet(text=seen.snippet.text, highlights=list(seen.snippet.highlights)),
            scores=Scores(fused=hit.score, dense=hit.dense, lexical=hit.lexical),
            source=HitSource(path=seen.source_path, line_start=seen.line_start, line_end=seen.line_end),
            url=lesson_url(seen.lesson_id, seen.anchor),
        )


class SearchAnswer(Wire):
    """What a search found, best first."""

    query: str
    mode: SearchMode
    """As asked for; `degraded` tells if it could not be had."""
    degraded: str | None
    """Why words alone were searched, in the database; null if all went as asked."""
    took_ms: float
    hits: list[Hit]
    next_cursor: str | None
    """Only `mode=lexical` pages; null on the last page."""

    @classmethod
    def from_domain(cls, result: SearchResult, took_ms: float) -> "SearchAnswer":
        """The result, and how long it took."""
        return cls(
            query=result.query,
            mode=result.mode,
            degraded=result.degraded,
            took_ms=round(took_ms, 3),
            hits=[Hit.from_domain(hit) for hit in result.hits],
            next_cursor=result.next_cursor,
        )
