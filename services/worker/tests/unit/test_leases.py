"""Leases live as long as the work does."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from uuid import UUID, uuid4

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.testing import FakeLedger
from robolearn_worker.leases import Leases

PROFILE = EmbeddingProfile("fake", "model", 2)
TERM = timedelta(milliseconds=30)


class Watched(FakeLedger):
    """A ledger that tells when leases are renewed, and may be away the first time."""

    def __init__(self, *, away_first: bool = False) -> None:
        super().__init__()
        self.renewed = Event()
        self.away = away_first

    def extend(
        self, profile: EmbeddingProfile, owner: str, ids: Sequence[UUID], lease: timedelta
    ) -> set[UUID]:
        if self.away:
            self.away = False
            raise DatabaseUnavailable("PostgreSQL does not answer.")
        found = super().extend(profile, owner, ids, lease)
        self.renewed.set()
        return found


def claimed(ledger: FakeLedger, owner: str) -> list[UUID]:
    ledger.put("text")
    ledger.register(PROFILE)
    ledger.enrol(PROFILE)
    return [one.id for one in ledger.claim(PROFILE, owner, 10, TERM)]


def test_a_lease_is_renewed_while_the_provider_is_slow() -> None:
    ledger = Watched()
    with Leases(ledger, PROFILE, "me", TERM) as leases:
        leases.hold(claimed(ledger, "me"))
        assert ledger.renewed.wait(10)
        assert ledger.claim(PROFILE, "you", 10, TERM) == []


def test_leases_are_given_back_in_the_end() -> None:
    ledger = Watched()
    with Leases(ledger, PROFILE, "me", timedelta(minutes=1)) as leases:
        ids = claimed(ledger, "me")
        leases.hold(ids)
    assert [one.id for one in ledger.claim(PROFILE, "you", 10, TERM)] == ids


def test_a_database_that_is_away_for_a_moment_does_not_end_the_renewals() -> None:
    ledger = Watched(away_first=True)
    with Leases(ledger, PROFILE, "me", TERM) as leases:
        leases.hold(claimed(ledger, "me"))
        assert ledger.renewed.wait(10)


def test_only_what_is_still_held_is_confirmed() -> None:
    ledger = FakeLedger()
    with Leases(ledger, PROFILE, "me", timedelta(minutes=1)) as leases:
        mine = claimed(ledger, "me")
        assert leases.confirm([*mine, uuid4()]) == set(mine)
