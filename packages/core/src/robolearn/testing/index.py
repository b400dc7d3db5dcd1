"""A vector index in memory."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from robolearn.domain.errors import IndexUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import ScoredPassage, SearchFilters
from robolearn.domain.work import PassagePayload
from robolearn.ports.embedding import SparseVector, Vectors
from robolearn.ports.index import Point

Scores = dict[UUID, float]


class FakeIndex:
    """Exact cosine, exact BM25 with inverse document frequency, fused by reciprocal rank.

    Set `outage` to an IndexUnavailable to have every call raise it.
    """

    def __init__(self) -> None:
        self.collections: dict[str, dict[UUID, Point]] = {}
        self.alias: str | None = None
        self.outage: IndexUnavailable | None = None

    def ensure(self, profile: EmbeddingProfile) -> None:
        """Create the profile's collection, if absent."""
        self._answer()
        self.collections.setdefault(profile.collection, {})

    def promote(self, profile: EmbeddingProfile) -> None:
        """Point the alias at the profile's collection."""
        self._existing(profile)
        self.alias = profile.collection

    def promoted(self) -> str | None:
        """The collection behind the alias."""
        self._answer()
        return self.alias

    def upsert(self, profile: EmbeddingProfile, points: Sequence[Point]) -> None:
        """Write the points."""
        collection = self._existing(profile)
        collection.update({point.passage_id: point for point in points})

    def remove(self, profile: EmbeddingProfile, passage_ids: Sequence[UUID]) -> None:
        """Remove the passages' points, where there are any."""
        self._answer()
        for passage_id in passage_ids:
            self.collections.get(profile.collection, {}).pop(passage_id, None)

    def count(self, profile: EmbeddingProfile) -> int:
        """Number of points."""
        self._answer()
        return len(self.collections.get(profile.collection, {}))

    def passage_ids(self, profile: EmbeddingProfile) -> Iterator[UUID]:
        """The passages of all points."""
        self._answer()
        yield from list(self.collections.get(profile.collection, {}))

    def search(
        self,
        profile: EmbeddingProfile,
        *,
        dense: Vectors | None,
        sparse: SparseVector | None,
        filters: SearchFilters,
        limit: int,
    ) -> list[ScoredPassage]:
        """The best passages. Raises IndexUnavailable while the profile has no collection."""
        collection = self._existing(profile)
        found = [point for point in collection.values() if matches(point.payload, filters)]
        by_meaning = {} if dense is None else _cosines(found, dense)
        by_words = {} if sparse is None else _bm25(found, sparse, list(collection.values()))
        scores = _fused([leg for leg in (by_meaning, by_words) if leg])
        best = sorted(scores, key=lambda one: scores[one], reverse=True)[:limit]
        return [ScoredPassage(one, scores[one], by_meaning.get(one), by_words.get(one)) for one in best]

    def _answer(self) -> None:
        if self.outage:
            raise self.outage

    def _existing(self, profile: EmbeddingProfile) -> dict[UUID, Point]:
        self._answer()
        if profile.collection not in self.collections:
            raise IndexUnavailable(f"The index has no collection {profile.collection} yet.")
        return self.collections[profile.collection]


def matches(payload: PassagePayload, filters: SearchFilters) -> bool:
    """Whether each filter that is set shares a value with the passage."""
    pairs: list[tuple[tuple[str, ...], tuple[str | None, ...]]] = [
        (filters.course, (payload.course,)),
        (filters.level, (payload.level,)),
        (filters.language, (payload.language,)),
        (filters.ros_distro, payload.ros_distro),
        (filters.simulator, payload.simulator),
        (filters.hardware, payload.hardware),
    ]
    return all(not wanted or set(wanted) & set(present) for wanted, present in pairs)


def _cosines(points: Sequence[Point], query: Vectors) -> Scores:
    return {point.passage_id: float(point.dense @ query) for point in points}


def _bm25(points: Sequence[Point], query: SparseVector, corpus: Sequence[Point]) -> Scores:
    containing = Counter(term for point in corpus for term in point.sparse.indices)
    weights = {
        term: value * math.log((len(corpus) - containing[term] + 0.5) / (containing[term] + 0.5) + 1)
        for term, value in zip(query.indices, query.values, strict=True)
    }
    return {
        point.passage_id: sum(weights.get(term, 0.0) * value for term, value in _terms(point))
        for point in points
        if any(term in weights for term in point.sparse.indices)
    }


def _terms(point: Point) -> Iterator[tuple[int, float]]:
    return zip(point.sparse.indices, point.sparse.values, strict=True)


def _fused(legs: Sequence[Scores]) -> Scores:
    if len(legs) == 1:
        return legs[0]
    fused: Scores = {}
    for leg in legs:
        for rank, one in enumerate(sorted(leg, key=lambda one: leg[one], reverse=True)):
            fused[one] = fused.get(one, 0.0) + 1 / (2 + rank)
    return fused
