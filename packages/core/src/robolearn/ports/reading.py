"""What readers ask of the database."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from robolearn.domain.catalogue import CourseSummary, CourseTree, LessonView
from robolearn.domain.search import PassageView, ScoredPassage, SearchFilters


class Catalogue(Protocol):
    """Courses and lessons. Raises DatabaseUnavailable; NotFound where one thing is asked for."""

    def version(self) -> str:
        """Another text whenever an ingest has changed anything that the other methods tell. Cheap."""
        ...

    def courses(self, after: str | None = None, limit: int = 50) -> list[CourseSummary]:
        """Courses by slug, those after the slug `after`."""
        ...

    def course(self, slug: str) -> CourseTree:
        """One course with its tree."""
        ...

    def lesson(self, lesson_id: UUID) -> LessonView:
        """One lesson."""
        ...

    def lesson_at(self, course: str, source_path: str) -> UUID:
        """The lesson that a file of the course became."""
        ...


class PassageSearch(Protocol):
    """Passages by words, and passages by id. Raises DatabaseUnavailable."""

    def by_words(
        self,
        query: str,
        language: str,
        filters: SearchFilters,
        limit: int,
        after: tuple[float, UUID] | None = None,
    ) -> list[ScoredPassage]:
        """The degraded mode: any of the words, ranked, best first; the score stands in `lexical` too.

        `after` is (score, passage id) of the last row seen: a keyset page.
        """
        ...

    def views(self, ids: Sequence[UUID], query: str, language: str) -> dict[UUID, PassageView]:
        """Passages with their places and a snippet that highlights the query; absent ids are left out."""
        ...
