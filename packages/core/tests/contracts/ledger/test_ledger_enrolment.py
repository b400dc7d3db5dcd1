"""What every Ledger knows of work to do: what is enrolled, when, and how it counts."""

from datetime import timedelta

import pytest

from robolearn.domain.profile import EmbeddingProfile
from robolearn.testing.ledger_worlds import LedgerWorld, embed_all

PROFILE = EmbeddingProfile("fake", "one", 4)
OTHER = EmbeddingProfile("fake", "two", 4)
LEASE = timedelta(minutes=5)


def test_registering_twice_changes_nothing(world: LedgerWorld) -> None:
    world.ledger.register(PROFILE)
    world.add("a")
    assert world.ledger.enrol(PROFILE) == 1


def test_everything_new_is_enrolled_once(world: LedgerWorld) -> None:
    world.add("a", "b")
    assert world.ledger.enrol(PROFILE) == 2
    world.add("c")
    assert world.ledger.enrol(PROFILE) == 1
    assert world.ledger.enrol(PROFILE) == 0


def test_an_unregistered_profile_has_nothing_to_do(world: LedgerWorld) -> None:
    world.add("a")
    assert world.ledger.enrol(OTHER) == 0
    assert world.ledger.claim(OTHER, "w", 10, LEASE) == []


@pytest.mark.parametrize("change", ["rewrite", "refile"])
def test_a_change_after_embedding_is_enrolled_again(world: LedgerWorld, change: str) -> None:
    [passage_id] = world.add("a")
    embed_all(world.ledger, PROFILE)
    if change == "rewrite":
        world.rewrite(passage_id, "b")
    else:
        world.refile(passage_id)
    assert world.ledger.counts(PROFILE).pending == 1
    assert world.ledger.enrol(PROFILE) == 1
    assert [one.id for one in world.ledger.claim(PROFILE, "w", 10, LEASE)] == [passage_id]


def test_two_profiles_do_their_work_apart(world: LedgerWorld) -> None:
    world.ledger.register(OTHER)
    [gone, _] = world.add("a", "b")
    embed_all(world.ledger, PROFILE)
    embed_all(world.ledger, OTHER)
    world.ledger.lost(OTHER, [])
    assert world.ledger.counts(PROFILE).embedded == 2
    assert world.ledger.counts(OTHER).pending == 2
    world.delete(gone)
    assert len(world.ledger.removals(PROFILE, 10)) == len(world.ledger.removals(OTHER, 10)) == 1


def test_counts_agree_at_every_step(world: LedgerWorld) -> None:
    empty = world.ledger.counts(PROFILE)
    assert (empty.passages, empty.pending, empty.oldest_pending_seconds) == (0, 0, None)
    world.add("a", "b")
    assert world.ledger.counts(PROFILE).pending == 2
    world.ledger.enrol(PROFILE)
    world.wait(timedelta(seconds=90))
    waiting = world.ledger.counts(PROFILE)
    assert (waiting.passages, waiting.pending) == (2, 2)
    assert waiting.oldest_pending_seconds == pytest.approx(90, abs=30)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert world.ledger.counts(PROFILE).pending == 2
    world.ledger.complete(PROFILE, "w", claimed)
    done = world.ledger.counts(PROFILE)
    assert (done.embedded, done.pending, done.removals, done.oldest_pending_seconds) == (2, 0, 0, None)
