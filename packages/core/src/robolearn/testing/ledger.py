"""The ledger in memory: the same promises, a clock that tests move, passages that tests put and drop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import RLock
from uuid import UUID, uuid4

from robolearn.domain.hashing import canonical_digest, digest
from robolearn.domain.page import embedding_text
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import ClaimedPassage, IndexCounts, PassagePayload
from robolearn.ports.embedding import Vectors

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class PassageState:
    """How far a passage is in a profile's index; `hashes` are those of its text and payload."""

    state: str
    hashes: tuple[bytes, bytes]
    enrolled_at: datetime
    owner: str | None = None
    until: datetime = _LONG_AGO
    attempts: int = 0
    error: str | None = None

    def end_lease(self, state: str = "pending") -> None:
        """Nobody holds it any more."""
        self.state, self.owner, self.until = state, None, _LONG_AGO


class FakeLedger:
    """Implements the port `Ledger`. Look into `passages`, `states`, `vectors` and `due` as you like."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.passages: dict[UUID, ClaimedPassage] = {}
        self.states: dict[str, dict[UUID, PassageState]] = {}
        self.vectors: dict[tuple[str, bytes], Vectors] = {}
        self.due: dict[int, tuple[str, UUID, datetime]] = {}
        self._removals = 0
        self._lock = RLock()

    def put(
        self,
        text: str,
        passage_id: UUID | None = None,
        heading_path: tuple[str, ...] = (),
        payload: PassagePayload | None = None,
    ) -> UUID:
        """What ingest does: add a passage, or change the one with that id."""
        passage_id = passage_id or uuid4()
        payload = payload or PassagePayload("course", UUID(int=1), None, "en", (), (), ())
        hashes = digest(embedding_text(heading_path, text)), canonical_digest(repr(payload))
        self.passages[passage_id] = ClaimedPassage(passage_id, heading_path, text, *hashes, payload, 0)
        return passage_id

    def drop(self, passage_id: UUID) -> None:
        """What ingest does: delete a passage, recording the removal of its points."""
        del self.passages[passage_id]
        for fingerprint, states in self.states.items():
            if state := states.pop(passage_id, None):
                self._remove(fingerprint, passage_id, max(self.now, state.until))

    def register(self, profile: EmbeddingProfile) -> None:
        """Make the profile known."""
        self.states.setdefault(profile.fingerprint, {})

    def enrol(self, profile: EmbeddingProfile) -> int:
        """Write down what the index lacks."""
        if profile.fingerprint not in self.states:
            return 0
        with self._lock:
            states = self._of(profile)
            lacking = [one for one in self.passages.values() if _lacks(states.get(one.id), one)]
            for one in lacking:
                states[one.id] = PassageState("pending", _hashes(one), self.now)
            return len(lacking)

    def claim(
        self, profile: EmbeddingProfile, owner: str, limit: int, lease: timedelta
    ) -> list[ClaimedPassage]:
        """Lease pending passages."""
        with self._lock:
            states = self._of(profile)
            held = {
                state.hashes[0]
                for state in states.values()
                if state.until > self.now and state.owner != owner
            }
            pending = [
                one for one in states.items() if self._claimable(one[1]) and one[1].hashes[0] not in held
            ]
            chosen = sorted(pending, key=lambda one: (one[1].enrolled_at, one[0]))[:limit]
            for passage_id, state in chosen:
                state.owner, state.until = owner, self.now + lease
                state.hashes = _hashes(self.passages[passage_id])
            return [replace(self.passages[one], attempts=state.attempts) for one, state in chosen]

    def extend(
        self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID], lease: timedelta
    ) -> set[UUID]:
        """Renew a lease."""
        held = self._held(profile, owner, ids)
        for state in held.values():
            state.until = self.now + lease
        return set(held)

    def complete(self, profile: EmbeddingProfile, owner: str, done: Sequence[ClaimedPassage]) -> set[UUID]:
        """Mark as embedded what is still what was indexed."""
        with self._lock:
            held = self._held(profile, owner, [one.id for one in done])
            for one in done:
                state = self._of(profile).get(one.id)
                if state is None:
                    self._remove(profile.fingerprint, one.id, self.now)
                elif one.id in held and _hashes(self.passages[one.id]) == _hashes(one):
                    state.end_lease("embedded")
                elif one.id in held or (state.state != "failed" and state.hashes != _hashes(one)):
                    state.end_lease()
            return {one for one, state in held.items() if state.state == "embedded"}

    def fail(self, profile: EmbeddingProfile, owner: str, passage_id: UUID, error: str) -> None:
        """Record why a passage cannot be embedded."""
        for state in self._held(profile, owner, [passage_id]).values():
            state.end_lease("failed")
            state.attempts, state.error = state.attempts + 1, error

    def release(self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID] | None = None) -> int:
        """Give leases back."""
        held = self._held(profile, owner, ids)
        for state in held.values():
            state.end_lease()
        return len(held)

    def replay(self, profile: EmbeddingProfile) -> int:
        """Make failed passages pending again."""
        failed = [one for one in self._of(profile).values() if one.state == "failed"]
        for state in failed:
            state.state, state.error, state.enrolled_at = "pending", None, self.now
        return len(failed)

    def cached(self, profile: EmbeddingProfile, hashes: Iterable[bytes]) -> Mapping[bytes, Vectors]:
        """Vectors that were paid for before."""
        known = {one: self.vectors.get((profile.fingerprint, one)) for one in hashes}
        return {one: vector for one, vector in known.items() if vector is not None}

    def remember(self, profile: EmbeddingProfile, vectors: Mapping[bytes, Vectors]) -> None:
        """Keep vectors."""
        for text_hash, vector in vectors.items():
            self.vectors.setdefault((profile.fingerprint, text_hash), vector)

    def removals(self, profile: EmbeddingProfile, limit: int) -> list[tuple[int, UUID]]:
        """Removals that are due."""
        mine = {key: one for key, one in self.due.items() if one[0] == profile.fingerprint}
        for key, (_, passage_id, _) in mine.items():
            if passage_id in self._of(profile):
                del self.due[key]
        ready = [(one[2], key, one[1]) for key, one in mine.items() if key in self.due and one[2] <= self.now]
        return [(key, passage_id) for _, key, passage_id in sorted(ready)[:limit]]

    def removed(self, removal_ids: Sequence[int]) -> None:
        """Forget removals that are done."""
        for key in removal_ids:
            self.due.pop(key, None)

    def orphans(self, profile: EmbeddingProfile, passage_ids: Sequence[UUID]) -> list[UUID]:
        """Ids whose points should not be in the index."""
        states = self._of(profile)
        kept = {one for one, state in states.items() if state.state == "embedded" or state.until > self.now}
        return [one for one in passage_ids if one not in kept]

    def lost(self, profile: EmbeddingProfile, present: Iterable[UUID]) -> int:
        """Make pending again what the index has lost."""
        embedded = {one: state for one, state in self._of(profile).items() if state.state == "embedded"}
        missing = set(embedded) - set(present)
        for one in missing:
            embedded[one].state, embedded[one].enrolled_at = "pending", self.now
        return len(missing)

    def counts(self, profile: EmbeddingProfile) -> IndexCounts:
        """Counts that must agree."""
        states = self._of(profile)
        lacking = [one.id for one in self.passages.values() if _lacks(states.get(one.id), one)]
        by_state = [state.state for one, state in states.items() if one not in lacking]
        pending = [state.enrolled_at for state in states.values() if state.state == "pending"]
        since = pending + [self.now] * len(lacking)
        return IndexCounts(
            passages=len(self.passages),
            embedded=by_state.count("embedded"),
            pending=by_state.count("pending") + len(lacking),
            failed=by_state.count("failed"),
            removals=sum(one[0] == profile.fingerprint for one in self.due.values()),
            oldest_pending_seconds=(self.now - min(since)).total_seconds() if since else None,
        )

    def _of(self, profile: EmbeddingProfile) -> dict[UUID, PassageState]:
        return self.states.get(profile.fingerprint, {})

    def _held(
        self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID] | None
    ) -> dict[UUID, PassageState]:
        held = {one: state for one, state in self._of(profile).items() if state.owner == owner}
        return held if ids is None else {one: state for one, state in held.items() if one in ids}

    def _claimable(self, state: PassageState) -> bool:
        return state.state == "pending" and state.until <= self.now

    def _remove(self, fingerprint: str, passage_id: UUID, not_before: datetime) -> None:
        self._removals += 1
        self.due[self._removals] = fingerprint, passage_id, not_before


def _hashes(passage: ClaimedPassage) -> tuple[bytes, bytes]:
    return passage.text_hash, passage.payload_hash


def _lacks(state: PassageState | None, passage: ClaimedPassage) -> bool:
    if state is None:
        return True
    if state.state == "embedded":
        return state.hashes != _hashes(passage)
    return state.state == "failed" and state.hashes[0] != passage.text_hash
