"""What every Ledger promises: the fake and PostgreSQL's. A `World` does what ingest does meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import Engine, create_engine, text

from robolearn.domain.hashing import digest
from robolearn.domain.page import Facts
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import PassagePayload
from robolearn.ports.ledger import Ledger
from robolearn.storage.engine import psycopg2_url
from robolearn.storage.ledger import SqlLedger
from robolearn.testing import FakeLedger
from robolearn.testing.rows import LessonRows, insert_course

PROFILE = EmbeddingProfile("fake", "one", 4)
OTHER = EmbeddingProfile("fake", "two", 4)
LEASE = timedelta(minutes=5)
FACTS = Facts(level="beginner", ros_distro=("humble", "jazzy"), hardware=("lidar",))


class World(Protocol):
    ledger: Ledger

    def add(self, *texts: str) -> list[UUID]: ...
    def rewrite(self, passage_id: UUID, content: str) -> None: ...
    def refile(self, passage_id: UUID) -> None: ...
    def delete(self, passage_id: UUID) -> None: ...
    def wait(self, time: timedelta) -> None: ...


class FakeWorld:
    def __init__(self) -> None:
        self.ledger = FakeLedger()

    def payload(self, level: str) -> PassagePayload:
        return PassagePayload("course", UUID(int=1), level, "en", FACTS.ros_distro, (), FACTS.hardware)

    def add(self, *texts: str) -> list[UUID]:
        return [self.ledger.put(one, None, ("Lesson",), self.payload("beginner")) for one in texts]

    def rewrite(self, passage_id: UUID, content: str) -> None:
        self.ledger.put(content, passage_id, ("Lesson",), self.payload("beginner"))

    def refile(self, passage_id: UUID) -> None:
        old = self.ledger.passages[passage_id]
        self.ledger.put(old.text, passage_id, ("Lesson",), self.payload("advanced"))

    def delete(self, passage_id: UUID) -> None:
        self.ledger.drop(passage_id)

    def wait(self, time: timedelta) -> None:
        self.ledger.now += time


class SqlWorld:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.ledger = SqlLedger(engine)

    def add(self, *texts: str) -> list[UUID]:
        rows = [LessonRows("Lesson", texts, facts=FACTS)]
        return list(insert_course(self.engine, f"course-{uuid4()}", rows).passages)

    def rewrite(self, passage_id: UUID, content: str) -> None:
        given = {"id": passage_id, "text": content, "hash": digest(content)}
        self.run("UPDATE passage SET text = :text, text_hash = :hash WHERE id = :id", **given)

    def refile(self, passage_id: UUID) -> None:
        self.run(
            "UPDATE lesson SET level = 'advanced', payload_hash = '\\x01'"
            " WHERE id = (SELECT lesson_id FROM passage WHERE id = :id)",
            id=passage_id,
        )

    def delete(self, passage_id: UUID) -> None:
        self.run("DELETE FROM passage WHERE id = :id", id=passage_id)

    def wait(self, time: timedelta) -> None:
        self.run("UPDATE passage_vector_state SET lease_until = lease_until - :time", time=time)
        self.run("UPDATE passage_vector_state SET enrolled_at = enrolled_at - :time", time=time)
        self.run("UPDATE vector_removal SET not_before = not_before - :time", time=time)

    def run(self, statement: str, **given: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), given)


@pytest.fixture(params=["fake", "sql"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "fake":
        made: World = FakeWorld()
        made.ledger.register(PROFILE)
        yield made
        return
    engine = create_engine(psycopg2_url(request.getfixturevalue("database_url")))
    made = SqlWorld(engine)
    made.ledger.register(PROFILE)
    yield made
    engine.dispose()


def embed_all(world: World, profile: EmbeddingProfile = PROFILE) -> None:
    world.ledger.enrol(profile)
    claimed = world.ledger.claim(profile, "setup", 1000, LEASE)
    assert world.ledger.complete(profile, "setup", claimed) == {one.id for one in claimed}


def test_registering_twice_changes_nothing(world: World) -> None:
    world.ledger.register(PROFILE)
    world.add("a")
    assert world.ledger.enrol(PROFILE) == 1


def test_everything_new_is_enrolled_once(world: World) -> None:
    world.add("a", "b")
    assert world.ledger.enrol(PROFILE) == 2
    world.add("c")
    assert world.ledger.enrol(PROFILE) == 1
    assert world.ledger.enrol(PROFILE) == 0


def test_an_unregistered_profile_has_nothing_to_do(world: World) -> None:
    world.add("a")
    assert world.ledger.enrol(OTHER) == 0
    assert world.ledger.claim(OTHER, "w", 10, LEASE) == []


def test_a_claim_carries_all_that_indexing_needs(world: World) -> None:
    [passage_id] = world.add("words")
    world.ledger.enrol(PROFILE)
    [got] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert (got.id, got.heading_path, got.text, got.attempts) == (passage_id, ("Lesson",), "words", 0)
    assert got.embedding_text == "Lesson\nwords"
    assert got.text_hash == digest(got.embedding_text)
    assert (got.payload.level, got.payload.language) == ("beginner", "en")
    assert (got.payload.ros_distro, got.payload.simulator) == (("humble", "jazzy"), ())
    assert got.payload.hardware == ("lidar",)


def test_what_was_enrolled_first_is_claimed_first(world: World) -> None:
    first = world.add("a", "b")
    world.ledger.enrol(PROFILE)
    world.wait(timedelta(seconds=1))
    second = world.add("c")
    world.ledger.enrol(PROFILE)
    claimed = [one.id for one in world.ledger.claim(PROFILE, "w", 3, LEASE)]
    assert set(claimed[:2]) == set(first)
    assert claimed[2:] == second


def test_a_limit_is_kept_and_the_rest_is_left_to_others(world: World) -> None:
    ids = world.add("a", "b", "c")
    world.ledger.enrol(PROFILE)
    one = world.ledger.claim(PROFILE, "one", 2, LEASE)
    two = world.ledger.claim(PROFILE, "two", 2, LEASE)
    assert (len(one), len(two)) == (2, 1)
    assert {passage.id for passage in one + two} == set(ids)
    assert world.ledger.claim(PROFILE, "three", 2, LEASE) == []


def test_a_lease_that_ran_out_is_claimed_again(world: World) -> None:
    ids = world.add("a")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "dead", 10, LEASE)
    world.wait(LEASE + timedelta(seconds=1))
    again = world.ledger.claim(PROFILE, "alive", 10, LEASE)
    assert [one.id for one in again] == ids
    assert again[0].attempts == 0


def test_an_extended_lease_lasts_longer_and_only_the_owner_extends(world: World) -> None:
    ids = world.add("a", "b")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert world.ledger.extend(PROFILE, "thief", ids, LEASE) == set()
    assert world.ledger.extend(PROFILE, "w", ids[:1], 3 * LEASE) == {ids[0]}
    world.wait(2 * LEASE)
    assert [one.id for one in world.ledger.claim(PROFILE, "next", 10, LEASE)] == ids[1:]


def test_invariant_4_text_that_changed_while_embedding_is_not_marked_embedded(world: World) -> None:
    same, changed = world.add("a", "b")
    world.ledger.enrol(PROFILE)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.rewrite(changed, "new text")
    assert world.ledger.complete(PROFILE, "w", claimed) == {same}
    [again] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert (again.id, again.text) == (changed, "new text")


def test_facts_that_changed_while_embedding_are_indexed_again(world: World) -> None:
    [passage_id] = world.add("a")
    world.ledger.enrol(PROFILE)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.refile(passage_id)
    assert world.ledger.complete(PROFILE, "w", claimed) == set()
    [again] = world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert again.payload.level == "advanced"


def test_invariant_4_a_worker_that_lost_its_lease_marks_nothing(world: World) -> None:
    world.add("a")
    world.ledger.enrol(PROFILE)
    slow = world.ledger.claim(PROFILE, "slow", 10, LEASE)
    world.wait(2 * LEASE)
    quick = world.ledger.claim(PROFILE, "quick", 10, LEASE)
    assert world.ledger.complete(PROFILE, "slow", slow) == set()
    assert world.ledger.complete(PROFILE, "quick", quick) == {quick[0].id}


def test_invariant_4_a_late_write_of_old_text_over_new_is_done_again(world: World) -> None:
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


@pytest.mark.parametrize("change", ["rewrite", "refile"])
def test_a_change_after_embedding_is_enrolled_again(world: World, change: str) -> None:
    [passage_id] = world.add("a")
    embed_all(world)
    if change == "rewrite":
        world.rewrite(passage_id, "b")
    else:
        world.refile(passage_id)
    assert world.ledger.counts(PROFILE).pending == 1
    assert world.ledger.enrol(PROFILE) == 1
    assert [one.id for one in world.ledger.claim(PROFILE, "w", 10, LEASE)] == [passage_id]


def test_invariant_5_a_deleted_passage_leaves_a_removal(world: World) -> None:
    gone, _ = world.add("a", "b")
    embed_all(world)
    world.delete(gone)
    [(removal, passage_id)] = world.ledger.removals(PROFILE, 10)
    assert passage_id == gone
    world.ledger.removed([removal])
    assert world.ledger.removals(PROFILE, 10) == []
    assert world.ledger.counts(PROFILE).passages == 1


def test_invariant_5_a_removal_waits_for_the_lease_on_its_passage(world: World) -> None:
    [gone] = world.add("a")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.delete(gone)
    assert world.ledger.removals(PROFILE, 10) == []
    world.wait(LEASE + timedelta(seconds=1))
    assert [one for _, one in world.ledger.removals(PROFILE, 10)] == [gone]


def test_invariant_5_what_was_deleted_while_embedding_is_removed_after_the_write(world: World) -> None:
    [gone] = world.add("a")
    world.ledger.enrol(PROFILE)
    claimed = world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.delete(gone)
    world.wait(2 * LEASE)
    world.ledger.removed([one for one, _ in world.ledger.removals(PROFILE, 10)])
    assert world.ledger.complete(PROFILE, "w", claimed) == set()
    assert [one for _, one in world.ledger.removals(PROFILE, 10)] == [gone]


def test_invariant_6_a_failure_is_recorded_alone_and_replayed(world: World) -> None:
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


def test_invariant_6_a_failed_passage_that_is_mended_is_enrolled_afresh(world: World) -> None:
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


def test_invariant_6_only_the_owner_can_fail_a_passage(world: World) -> None:
    [passage_id] = world.add("a")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    world.ledger.fail(PROFILE, "stranger", passage_id, "no")
    assert world.ledger.counts(PROFILE).failed == 0


def test_released_leases_are_claimable_at_once_and_uncounted(world: World) -> None:
    ids = world.add("a", "b", "c")
    world.ledger.enrol(PROFILE)
    world.ledger.claim(PROFILE, "w", 10, LEASE)
    assert world.ledger.release(PROFILE, "w", []) == 0
    assert world.ledger.release(PROFILE, "w", ids[:1]) == 1
    assert world.ledger.release(PROFILE, "stranger") == 0
    assert world.ledger.release(PROFILE, "w") == 2
    assert [one.attempts for one in world.ledger.claim(PROFILE, "x", 10, LEASE)] == [0, 0, 0]


def test_cached_vectors_come_back_bit_for_bit(world: World) -> None:
    tiny = np.finfo(np.float32).smallest_subnormal
    vector = np.array([0.1, -0.0, tiny, 3.4e38], np.float32)
    world.ledger.remember(PROFILE, {b"k" * 32: vector})
    [(key, got)] = world.ledger.cached(PROFILE, [b"k" * 32, b"?" * 32]).items()
    assert (key, got.dtype, got.shape) == (b"k" * 32, np.dtype(np.float32), (4,))
    assert got.tobytes() == vector.tobytes()


def test_cached_vectors_of_two_profiles_never_meet(world: World) -> None:
    world.ledger.register(OTHER)
    world.ledger.remember(PROFILE, {b"k" * 32: np.ones(4, np.float32)})
    assert world.ledger.cached(OTHER, [b"k" * 32]) == {}
    assert world.ledger.cached(PROFILE, []) == {}


def test_remembering_again_keeps_the_first(world: World) -> None:
    world.ledger.remember(PROFILE, {b"k": np.ones(4, np.float32)})
    world.ledger.remember(PROFILE, {b"k": np.zeros(4, np.float32), b"l": np.zeros(4, np.float32)})
    got = world.ledger.cached(PROFILE, [b"k", b"l"])
    assert (got[b"k"].tolist(), got[b"l"].tolist()) == ([1, 1, 1, 1], [0, 0, 0, 0])
    world.ledger.remember(PROFILE, {})


def test_orphans_are_points_that_nothing_in_the_database_stands_behind(world: World) -> None:
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


def test_what_the_index_lost_is_pending_again(world: World) -> None:
    kept, lost = world.add("a", "b")
    embed_all(world)
    assert world.ledger.lost(PROFILE, iter([kept, uuid4()])) == 1
    assert [one.id for one in world.ledger.claim(PROFILE, "w", 10, LEASE)] == [lost]
    assert world.ledger.lost(PROFILE, [kept]) == 0


def test_a_wiped_index_makes_everything_pending(world: World) -> None:
    world.add("a", "b")
    embed_all(world)
    assert world.ledger.lost(PROFILE, []) == 2


def test_two_profiles_do_their_work_apart(world: World) -> None:
    world.ledger.register(OTHER)
    [gone, _] = world.add("a", "b")
    embed_all(world)
    embed_all(world, OTHER)
    world.ledger.lost(OTHER, [])
    assert world.ledger.counts(PROFILE).embedded == 2
    assert world.ledger.counts(OTHER).pending == 2
    world.delete(gone)
    assert len(world.ledger.removals(PROFILE, 10)) == len(world.ledger.removals(OTHER, 10)) == 1


def test_counts_agree_at_every_step(world: World) -> None:
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
