"""The ledger on PostgreSQL: one transaction a method."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Engine

from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import ClaimedPassage, IndexCounts
from robolearn.ports.embedding import Vectors
from robolearn.storage.engine import transaction
from robolearn.storage.ledger import cache, claims, counts, enrolment, reconciling, removals


class SqlLedger:
    """Implements the port `Ledger`, which says what each method promises. Safe in several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def register(self, profile: EmbeddingProfile) -> None:
        """Make the profile known."""
        with transaction(self._engine) as connection:
            enrolment.register(connection, profile)

    def enrol(self, profile: EmbeddingProfile) -> int:
        """Write down what the index lacks."""
        with transaction(self._engine) as connection:
            return enrolment.enrol(connection, profile.fingerprint)

    def claim(
        self, profile: EmbeddingProfile, owner: str, limit: int, lease: timedelta
    ) -> list[ClaimedPassage]:
        """Lease pending passages."""
        with transaction(self._engine) as connection:
            return claims.claim(connection, profile.fingerprint, owner, limit, lease)

    def extend(
        self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID], lease: timedelta
    ) -> set[UUID]:
        """Renew a lease."""
        with transaction(self._engine) as connection:
            return claims.extend(connection, profile.fingerprint, owner, ids, lease)

    def complete(self, profile: EmbeddingProfile, owner: str, done: Sequence[ClaimedPassage]) -> set[UUID]:
        """Mark as embedded what is still what was indexed."""
        with transaction(self._engine) as connection:
            return claims.complete(connection, profile.fingerprint, owner, done)

    def fail(self, profile: EmbeddingProfile, owner: str, passage_id: UUID, error: str) -> None:
        """Record why a passage cannot be embedded."""
        with transaction(self._engine) as connection:
            claims.fail(connection, profile.fingerprint, owner, passage_id, error)

    def release(self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID] | None = None) -> int:
        """Give leases back."""
        with transaction(self._engine) as connection:
            return claims.release(connection, profile.fingerprint, owner, ids)

    def replay(self, profile: EmbeddingProfile) -> int:
        """Make failed passages pending again."""
        with transaction(self._engine) as connection:
            return enrolment.replay(connection, profile.fingerprint)

    def cached(self, profile: EmbeddingProfile, hashes: Iterable[bytes]) -> Mapping[bytes, Vectors]:
        """Vectors that were paid for before."""
        with transaction(self._engine) as connection:
            return cache.cached(connection, profile.fingerprint, hashes)

    def remember(self, profile: EmbeddingProfile, vectors: Mapping[bytes, Vectors]) -> None:
        """Keep vectors."""
        with transaction(self._engine) as connection:
            cache.remember(connection, profile.fingerprint, vectors)

    def removals(self, profile: EmbeddingProfile, limit: int) -> list[tuple[int, UUID]]:
        """Removals that are due."""
        with transaction(self._engine) as connection:
            return removals.due(connection, profile.fingerprint, limit)

    def removed(self, removal_ids: Sequence[int]) -> None:
        """Forget removals that are done."""
        with transaction(self._engine) as connection:
            removals.forget(connection, removal_ids)

    def orphans(self, profile: EmbeddingProfile, passage_ids: Sequence[UUID]) -> list[UUID]:
        """Ids whose points should not be in the index."""
        with transaction(self._engine) as connection:
            return reconciling.orphans(connection, profile.fingerprint, passage_ids)

    def lost(self, profile: EmbeddingProfile, present: Iterable[UUID]) -> int:
        """Make pending again what the index has lost."""
        with transaction(self._engine) as connection:
            return reconciling.lost(connection, profile.fingerprint, present)

    def counts(self, profile: EmbeddingProfile) -> IndexCounts:
        """Counts that must agree."""
        with transaction(self._engine) as connection:
            return counts.counts(connection, profile.fingerprint)
