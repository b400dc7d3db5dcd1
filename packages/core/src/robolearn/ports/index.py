"""The vector index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import ScoredPassage, SearchFilters
from robolearn.domain.work import PassagePayload
from robolearn.ports.embedding import SparseVector, Vectors


@dataclass(frozen=True, slots=True)
class Point:
    """What the index keeps of one passage. `dense` has shape (dimensions,)."""

    passage_id: UUID
    dense: Vectors
    sparse: SparseVector
    payload: PassagePayload


class VectorIndex(Protocol):
    """One collection a profile, read through one alias. Every method raises IndexUnavailable.

    Safe to call from several threads.
    """

    def ensure(self, profile: EmbeddingProfile) -> None:
        """Create the profile's collection with its payload indexes, if absent. Safe to repeat."""
        ...

    def promote(self, profile: EmbeddingProfile) -> None:
        """Point the alias `passages` at the profile's collection, in one step."""
        ...

    def promoted(self) -> str | None:
        """The name of the collection behind the alias, if there is one."""
        ...

    def upsert(self, profile: EmbeddingProfile, points: Sequence[Point]) -> None:
        """Write the points and return once they are acknowledged as applied."""
        ...

    def remove(self, profile: EmbeddingProfile, passage_ids: Sequence[UUID]) -> None:
        """Remove the passages' points. Absence is no error."""
        ...

    def count(self, profile: EmbeddingProfile) -> int:
        """Exact number of points in the profile's collection; 0 if it does not exist."""
        ...

    def passage_ids(self, profile: EmbeddingProfile) -> Iterator[UUID]:
        """The passages of all points, read in pages."""
        ...

    def search(
        self,
        profile: EmbeddingProfile,
        *,
        dense: Vectors | None,
        sparse: SparseVector | None,
        filters: SearchFilters,
        limit: int,
    ) -> list[ScoredPassage]:
        """The best passages, best first: both legs fused in the engine, or the one leg that is given."""
        ...
