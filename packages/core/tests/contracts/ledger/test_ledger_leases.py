"""What every Ledger promises of leases: who holds a passage, for how long, and what ends it."""

from datetime import timedelta

from robolearn.domain.hashing import digest
from robolearn.domain.profile import EmbeddingProfile
from robolearn.testing.ledger_worlds import LedgerWorld

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)


def test_a_claim_carries_all_that_indexing_needs(world: LedgerWorld) -> None:
    [passage_id] = world.add("words")
    world.ledger.enrol(PROFILE)
    [got] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert (got.id, got.heading_path, got.text, got.attempts) == (passage_id, ("Lesson",), "words", 0)
    assert got.embedding_text == "Lesson\nwords"
    assert got.text_hash == digest(got.embedding_text)
    assert (got.payload.level, got.payload.language) == ("beginner", "en")
    assert (got.payload.ros_distro, got.payload.simulator) == (("humble", "jazzy"), ())
    assert got.payload.hardware == ("lidar",)


def test_what_was_enrolled_first_is_claimed_first(world: LedgerWorld) -> None:
    first = world.add("a", "b")
    world.ledger.enrol(PROFILE)
    world.wait(timedelta(seconds=1))
    second = world.add("c")
    world.ledger.enrol(PROFILE)
    claimed = [one.id for one in world.ledger.claim(PROFILE, "w", 3, LEASE)]
    assert set(claimed[:2]) == set(first)
    assert claimed[2:] == second


def test_a_limit_is_kept_and_the_rest_is_left_to_others(world: LedgerWorld) -> None:
    ids = world.add("a", "b", "c")
    world.ledger.enrol(PROFILE)
    one = world.ledger.claim(PROFILE, "one", 2, LEASE)
    two = world.ledger.claim(PROFILE, "two", 2, LEASE)
    assert (len(one), len(two)) == (2, 1)
    assert {passage.id for passage in one + two} == set(ids)
    assert world.ledger.claim(PROFILE, "three", 2, LEASE) == []


def test_a_lease_that_ran_out_is_claimed_again(world: LedgerWorld) -> None:
    ids = world.add("a")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "dead", 10, LEASE)
    world.wait(LEASE + timedelta(seconds=1))
    again = world.ledger.claim(PROFILE, "alive", 10, LEASE)
    assert [one.id for one in again] == ids
    assert again[0].attempts == 0


def test_an_extended_lease_lasts_longer_and_only_the_owner_extends(world: LedgerWorld) -> None:
    ids = world.add("a", "b")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert world.ledger.extend(PROFILE, "thief", ids, LEASE) == set()
    assert world.ledger.extend(PROFILE, "w", ids[:1], 3 * LEASE) == {ids[0]}
    world.wait(2 * LEASE)
    assert [one.id for one in world.ledger.claim(PROFILE, "next", 10, LEASE)] == ids[1:]


def test_released_leases_are_claimable_at_once_and_uncounted(world: LedgerWorld) -> None:
    ids = world.add("a", "b", "c")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert world.ledger.release(PROFILE, "w", []) == 0
    assert world.ledger.release(PROFILE, "w", ids[:1]) == 1
    assert world.ledger.release(PROFILE, "stranger") == 0
    assert world.ledger.release(PROFILE, "w") == 2
    assert [one.attempts for one in world.ledger.claim(PROFILE, "x", 10, LEASE)] == [0, 0, 0]


def test_invariant_4_text_that_changed_while_embedding_is_not_marked_embedded(world: LedgerWorld) -> None:
    same, changed = world.add("a", "b")
    world.ledger.enrol(PROFILE)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.rewrite(changed, "new text")
    assert world.ledger.complete(PROFILE, "w", claimed) == {same}
    [again] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert (again.id, again.text) == (changed, "new text")


def test_facts_that_changed_while_embedding_are_indexed_again(world: LedgerWorld) -> None:
    [passage_id] = world.add("a")
    world.ledger.enrol(PROFILE)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.refile(passage_id)
    assert world.ledger.complete(PROFILE, "w", claimed) == set()
    [again] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert again.payload.level == "advanced"


def test_invariant_4_a_worker_that_lost_its_lease_marks_nothing(world: LedgerWorld) -> None:
    world.add("a")
    world.ledger.enrol(PROFILE)
    slow = world.ledger.claim(PROFILE, "slow", 10, LEASE)
    world.wait(2 * LEASE)
    quick = world.ledger.claim(PROFILE, "quick", 10, LEASE)
    assert world.ledger.complete(PROFILE, "slow", slow) == set()
    assert world.ledger.complete(PROFILE, "quick", quick) == {quick[0].id}


def test_invariant_4_a_late_write_of_old_text_over_new_is_done_again(world: LedgerWorld) -> None:
    [passage_id] = world.add("old")
    world.ledger.enrol(PROFILE)
    slow = world.ledger.claim(PROFILE, "slow", 10, LEASE)
    world.wait(2 * LEASE)
    world.rewrite(passage_id, "new")
    quick = world.ledger.claim(PROFILE, "quick", 10, LEASE)
    world.ledger.complete(PROFILE, "quick", quick)
    assert world.ledger.complete(PROFILE, "slow", slow) == set()
    [again] = world.ledger.claim(PROFILE, "quick", 10, LEASE)
    assert again.text == "new"
