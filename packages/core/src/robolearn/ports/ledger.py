"""What each profile's index has, lacks and must forget: the worker's view of the database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import ClaimedPassage, IndexCounts
from robolearn.ports.embedding import Vectors


class Ledger(Protocol):
    """Each method is one transaction, committed when it returns. Raises DatabaseUnavailable."""

    def register(self, profile: EmbeddingProfile) -> None:
        """Make the profile known. Safe to repeat and to race."""
        ...

    def enrol(self, profile: EmbeddingProfile) -> int:
        """Write down as pending whatever the index lacks or has in an older form; how many there were."""
        ...

    def claim(
        self, profile: EmbeddingProfile, owner: str, limit: int, lease: timedelta
    ) -> list[ClaimedPassage]:
        """Lease up to `limit` pending passages, oldest first; no passage is leased twice at a time.

        Nor is a text: a passage whose text another owner holds elsewhere is left until that one is done.
        """
        ...

    def extend(
        self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID], lease: timedelta
    ) -> set[UUID]:
        """Renew a lease; the ids that are still the owner's."""
        ...

    def complete(self, profile: EmbeddingProfile, owner: str, done: Sequence[ClaimedPassage]) -> set[UUID]:
        """Mark as embedded what still has the text and payload that were indexed; the ids so marked.

        What has changed meanwhile goes back to pending; what was deleted meanwhile is recorded for removal.
        """
        ...

    def fail(self, profile: EmbeddingProfile, owner: str, passage_id: UUID, error: str) -> None:
        """Record that this passage cannot be embedded, and why."""
        ...

    def release(self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID] | None = None) -> int:
        """Give leases back (None: all of the owner's), uncounted, so that others can claim at once."""
        ...

    def replay(self, profile: EmbeddingProfile) -> int:
        """Make all failed passages pending again; how many."""
        ...

    def cached(self, profile: EmbeddingProfile, hashes: Iterable[bytes]) -> Mapping[bytes, Vectors]:
        """Vectors of shape (dimensions,) that were paid for before, by text hash."""
        ...

    def remember(self, profile: EmbeddingProfile, vectors: Mapping[bytes, Vectors]) -> None:
        """Keep vectors by text hash. Safe to repeat and to race."""
        ...

    def removals(self, profile: EmbeddingProfile, limit: int) -> list[tuple[int, UUID]]:
        """(removal id, passage id) pairs that are due: their last lease has run out."""
        ...

    def removed(self, removal_ids: Sequence[int]) -> None:
        """Forget removals that the index has acknowledged."""
        ...

    def orphans(self, profile: EmbeddingProfile, passage_ids: Sequence[UUID]) -> list[UUID]:
        """Those of the ids that no passage has, or that are not marked as embedded and not leased."""
        ...

    def lost(self, profile: EmbeddingProfile, present: Iterable[UUID]) -> int:
        """Make pending again what is marked as embedded but not among `present`; how many."""
        ...

    def counts(self, profile: EmbeddingProfile) -> IndexCounts:
        """Counts that must agree with one another and with the index."""
        ...
