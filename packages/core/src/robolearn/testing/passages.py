"""Passage search in memory: the score is how often the query's words occur."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.domain.search import PassageView, ScoredPassage, SearchFilters, Snippet


class FakePassageSearch:
    """Implements the port `PassageSearch`. Set `down` to make every read raise DatabaseUnavailable.

    Views know nothing of simulators and hardware, so those two filters match nothing here.
    """

    def __init__(self, passages: Iterable[PassageView] = ()) -> None:
        self.passages = {one.passage_id: one for one in passages}
        self.down = False

    def by_words(
        self,
        query: str,
        language: str,  # noqa: ARG002 - it knows no stemming
        filters: SearchFilters,
        limit: int,
        after: tuple[float, UUID] | None = None,
    ) -> list[ScoredPassage]:
        """Any of the words, ranked, best first."""
        self._check()
        scores = {one: _score(view, query) for one, view in self.passages.items() if _passes(view, filters)}
        ranked = sorted((-score, one) for one, score in scores.items() if score)
        rest = [one for one in ranked if after is None or one > (-after[0], after[1])]
        return [ScoredPassage(one, -score, lexical=-score) for score, one in rest[:limit]]

    def views(
        self,
        ids: Sequence[UUID],
        query: str,
        language: str,  # noqa: ARG002
    ) -> dict[UUID, PassageView]:
        """Passages with their places and a snippet."""
        self._check()
        found = [self.passages[one] for one in ids if one in self.passages]
        return {one.passage_id: replace(one, snippet=_snippet(one.text, query)) for one in found}

    def _check(self) -> None:
        if self.down:
            raise DatabaseUnavailable("PostgreSQL does not answer.")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _score(view: PassageView, query: str) -> float:
    text = _words(f"{' '.join(view.heading_path)} {view.text}")
    return float(sum(text.count(word) for word in set(_words(query))))


def _snippet(text: str, query: str) -> Snippet:
    asked = set(_words(query))
    found = [one.span() for one in re.finditer(r"\w+", text) if one.group().lower() in asked]
    return Snippet(text, tuple(found))


def _passes(view: PassageView, filters: SearchFilters) -> bool:
    single = ((view.course, filters.course), (view.level, filters.level), (view.language, filters.language))
    if any(asked and value not in asked for value, asked in single):
        return False
    if filters.ros_distro and not set(view.ros_distro) & set(filters.ros_distro):
        return False
    return not (filters.simulator or filters.hardware)
