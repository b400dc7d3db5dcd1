"""What every Ledger promises of deleted passages."""

from datetime import timedelta

from robolearn.domain.profile import EmbeddingProfile
from robolearn.testing.ledger_worlds import LedgerWorld, embed_all

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)


def test_invariant_5_a_deleted_passage_leaves_a_removal(world: LedgerWorld) -> None:
    gone, _ = world.add("a", "b")
    embed_all(world.ledger, PROFILE)
    world.delete(gone)
    [(removal, passage_id)] = world.ledger.removals(PROFILE, 10)
    assert passage_id == gone
    world.ledger.removed([removal])
    assert world.ledger.removals(PROFILE, 10) == []
    assert world.ledger.counts(PROFILE).passages == 1


def test_invariant_5_a_removal_waits_for_the_lease_on_its_passage(world: LedgerWorld) -> None:
    [gone] = world.add("a")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.delete(gone)
    assert world.ledger.removals(PROFILE, 10) == []
    world.wait(LEASE + timedelta(seconds=1))
    assert [one for _, one in world.ledger.removals(PROFILE, 10)] == [gone]


def test_invariant_5_what_was_deleted_while_embedding_is_removed_after_the_write(world: LedgerWorld) -> None:
    [gone] = world.add("a")
    world.ledger.enrol(PROFILE)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.delete(gone)
    world.wait(2 * LEASE)
    world.ledger.removed([one for one, _ in world.ledger.removals(PROFILE, 10)])
    assert world.ledger.complete(PROFILE, "w", claimed) == set()
    assert [one for _, one in world.ledger.removals(PROFILE, 10)] == [gone]
