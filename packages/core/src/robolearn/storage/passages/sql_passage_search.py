"""Passage search on PostgreSQL: one round trip a call."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine

from robolearn.domain.search import PassageView, ScoredPassage, SearchFilters
from robolearn.storage.passages.by_words import by_words
from robolearn.storage.passages.views import MARKS, VIEWS, view_of
from robolearn.storage.passages.words import asked
from robolearn.storage.reading import Reader


class SqlPassageSearch:
    """Implements the port `PassageSearch`. Safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._reader = Reader(engine)

    def by_words(
        self,
        query: str,
        language: str,
        filters: SearchFilters,
        limit: int,
        after: tuple[float, UUID] | None = None,
    ) -> list[ScoredPassage]:
        """Any of the words, ranked, best first; equal scores by id."""
        statement, given = by_words(filters, limit, after)
        rows = self._reader.rows(statement, given | asked(query, language))
        return [ScoredPassage(row.id, row.score, lexical=row.score) for row in rows]

    def views(self, ids: Sequence[UUID], query: str, language: str) -> dict[UUID, PassageView]:
        """Passages with their places and a snippet."""
        if not ids:
            return {}
        given = asked(query, language) | {"ids": list(ids), "marks": MARKS}
        return dict(view_of(row) for row in self._reader.rows(VIEWS, given))
