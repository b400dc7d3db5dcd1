"""Search: rank, then show what still exists. Invariant 8 lives here."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter

from robolearn.domain.search import PassageView, ScoredPassage, SearchHit, SearchMode, SearchResult
from robolearn_api.adapters import Adapters
from robolearn_api.cursors import Cursor
from robolearn_api.search.cursor import Place, Ranking
from robolearn_api.search.guard import Away
from robolearn_api.search.question import Question
from robolearn_api.search.vectors import SPARE, VectorSide
from robolearn_api.search.words import by_database, by_index

PLACES: Cursor[Place] = Cursor(TypeAdapter(Place))

BEHIND = "The vector index holds nothing that fits, the database does: indexing is behind."
CONTINUED = "This page goes on in the ranking by words that the database began."


@dataclass(frozen=True, slots=True)
class _Ranked:
    rows: Sequence[ScoredPassage]
    ranking: Ranking = "index"
    degraded: str | None = None


class Searcher:
    """Answers questions. Safe to call from several threads; blocks.

    Whatever the index and the embedding provider do, it answers from the database, by words, and says
    why in `degraded`. Only the database can make it fail (DatabaseUnavailable).
    """

    def __init__(self, adapters: Adapters, vectors: VectorSide, language: str) -> None:
        self._passages, self._vectors, self._language = adapters.passages, vectors, language

    def search(self, question: Question) -> SearchResult:
        """The best passages. Only `lexical` questions page."""
        language = question.language(self._language)
        ranked = self._rank(question, language)
        hits = self._hits(question, language, ranked.rows)
        return SearchResult(
            query=question.text,
            mode=question.mode,
            hits=tuple(hits),
            degraded=ranked.degraded,
            next_cursor=_next(question, ranked, hits),
        )

    def _rank(self, question: Question, language: str) -> _Ranked:
        if question.after and question.after.ranking == "database":
            return self._by_database(question, language, CONTINUED)
        try:
            rows = self._by_vectors(question, language)
        except Away as away:
            return self._by_database(question, language, str(away))
        if rows or question.after:
            return _Ranked(rows)
        found = self._by_database(question, language, BEHIND)
        return found if found.rows else _Ranked(())

    def _by_vectors(self, question: Question, language: str) -> list[ScoredPassage]:
        if question.mode is SearchMode.LEXICAL:
            return by_index(self._vectors, question, language)
        return self._vectors.by_meaning(question, language)

    def _by_database(self, question: Question, language: str, reason: str) -> _Ranked:
        rows = by_database(self._passages, question, language, question.limit + SPARE)
        return _Ranked(rows, "database", reason)

    def _hits(self, question: Question, language: str, rows: Sequence[ScoredPassage]) -> list[SearchHit]:
        """Passages that were deleted since they were ranked make room for those behind them."""
        views = self._views(question, language, rows[: question.limit])
        if len(views) < min(question.limit, len(rows)):
            views |= self._views(question, language, rows[question.limit :][:SPARE])
        shown = [row for row in rows if row.passage_id in views][: question.limit]
        return [SearchHit(views[row.passage_id], row.score, row.dense, row.lexical) for row in shown]

    def _views(
        self, question: Question, language: str, rows: Sequence[ScoredPassage]
    ) -> dict[UUID, PassageView]:
        ids = [row.passage_id for row in rows]
        return self._passages.views(ids, question.text, language) if ids else {}


def _next(question: Question, ranked: _Ranked, hits: Sequence[SearchHit]) -> str | None:
    if question.mode is not SearchMode.LEXICAL or not hits:
        return None
    last = hits[-1].passage.passage_id
    if ranked.rows[-1].passage_id == last:
        return None
    return PLACES.encode(Place(ranked.ranking, hits[-1].score, last))
