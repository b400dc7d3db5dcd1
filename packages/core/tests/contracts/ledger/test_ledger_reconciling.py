"""How every Ledger is held against the index."""

from datetime import timedelta
from uuid import uuid4

from robolearn.domain.profile import EmbeddingProfile
from robolearn.testing.ledger_worlds import LedgerWorld, embed_all

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)


def test_orphans_are_points_that_nothing_in_the_database_stands_behind(world: LedgerWorld) -> None:
    embedded, leased, failed, pending = world.add("a", "b", "c", "d")
    world.ledger.enrol(PROFILE)
    claimed = {one.id: one for one in world.ledger.claim(PROFILE, "w", 10, LEASE)}
    world.ledger.complete(PROFILE, "w", [claimed[embedded]])
    world.ledger.fail(PROFILE, "w", failed, "no")
    world.ledger.release(PROFILE, "w", [pending])
    unknown = uuid4()
    asked = [embedded, leased, failed, pending, unknown]
    assert set(world.ledger.orphans(PROFILE, asked)) == {failed, pending, unknown}
    assert world.ledger.orphans(PROFILE, []) == []


def test_what_the_index_lost_is_pending_again(world: LedgerWorld) -> None:
    kept, lost = world.add("a", "b")
    embed_all(world.ledger, PROFILE)
    assert world.ledger.lost(PROFILE, iter([kept, uuid4()])) == 1
    assert [one.id for one in world.ledger.claim(PROFILE, "w", 10, LEASE)] == [lost]
    assert world.ledger.lost(PROFILE, [kept]) == 0


def test_a_wiped_index_makes_everything_pending(world: LedgerWorld) -> None:
    world.add("a", "b")
    embed_all(world.ledger, PROFILE)
    assert world.ledger.lost(PROFILE, []) == 2
