"""What every Ledger promises of passages that cannot be embedded."""

from datetime import timedelta

from robolearn.domain.profile import EmbeddingProfile
from robolearn.testing.ledger_worlds import LedgerWorld

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)


def test_invariant_6_a_failure_is_recorded_alone_and_replayed(world: LedgerWorld) -> None:
    bad, good = world.add("a", "b")
    world.ledger.enrol(PROFILE)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.ledger.fail(PROFILE, "w", bad, "not text \x00 \udcff")
    world.ledger.complete(PROFILE, "w", [one for one in claimed if one.id == good])
    counts = world.ledger.counts(PROFILE)
    assert (counts.passages, counts.embedded, counts.pending, counts.failed) == (2, 1, 0, 1)
    assert world.ledger.enrol(PROFILE) == 0
    assert world.ledger.replay(PROFILE) == 1
    [again] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert (again.id, again.attempts) == (bad, 1)


def test_invariant_6_a_failed_passage_that_is_mended_is_enrolled_afresh(world: LedgerWorld) -> None:
    [bad] = world.add("a")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.ledger.fail(PROFILE, "w", bad, "too long")
    world.refile(bad)
    assert world.ledger.enrol(PROFILE) == 0
    world.rewrite(bad, "shorter")
    assert world.ledger.enrol(PROFILE) == 1
    [again] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert (again.text, again.attempts) == ("shorter", 0)


def test_invariant_6_only_the_owner_can_fail_a_passage(world: LedgerWorld) -> None:
    [passage_id] = world.add("a")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.ledger.fail(PROFILE, "stranger", passage_id, "no")
    assert world.ledger.counts(PROFILE).failed == 0
