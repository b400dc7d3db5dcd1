"""The invariants of indexing, each on fakes and on PostgreSQL with Qdrant's engine."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from robolearn.domain.errors import EmbeddingUnavailable, IndexUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import IndexCounts
from robolearn.ports.index import Point
from robolearn.testing import FakeEmbedder
from robolearn_worker.adapters import Adapters
from robolearn_worker.indexing import Indexing

TEXTS = [f"passage {number} about wheels" for number in range(50)]


def counts(world: Any) -> IndexCounts:
    found: IndexCounts = world.adapters.ledger.counts(world.embedder.profile)
    return found


def indexed(world: Any) -> set[UUID]:
    return set(world.adapters.index.passage_ids(world.embedder.profile))


def assert_embedded_once(world: Any, texts: int) -> None:
    assert Counter(world.embedder.embedded.values()) == {1: texts}


def on_upsert(adapters: Adapters, act: Callable[[Sequence[Point]], None]) -> None:
    """Have something happen just before the index takes points."""
    upsert = adapters.index.upsert

    def acting(profile: EmbeddingProfile, points: Sequence[Point]) -> None:
        act(points)
        upsert(profile, points)

    adapters.index.upsert = acting  # type: ignore[method-assign]


def test_all_that_is_pending_is_embedded_and_nothing_twice(world: Any, indexing: Indexing) -> None:
    ids = world.add(*TEXTS)
    assert indexing.embed().passages == 50
    assert indexed(world) == set(ids)
    assert (counts(world).embedded, counts(world).pending, counts(world).failed) == (50, 0, 0)
    assert indexing.embed().passages == 0
    assert_embedded_once(world, 50)
    assert world.embedder.calls == 8  # batches of 20, 20 and 10 in calls of 8, 8, 4, 8, 8, 4, 8 and 2


def test_invariant_2_changing_one_passage_embeds_one_passage(world: Any, indexing: Indexing) -> None:
    ids = world.add(*TEXTS)
    indexing.embed()
    world.change(ids[7], "now about legs")
    assert indexing.embed().passages == 1
    assert_embedded_once(world, 51)
    assert indexed(world) == set(ids)


def test_the_same_text_in_many_passages_is_embedded_once(world: Any, indexing: Indexing) -> None:
    ids = world.add(*["See the previous lesson."] * 30)
    assert indexing.embed().passages == 30
    assert_embedded_once(world, 1)
    assert indexed(world) == set(ids)


def test_invariant_4_no_passage_counts_as_embedded_before_the_acknowledgement(
    world: Any, indexing: Indexing
) -> None:
    world.add(*TEXTS[:5])
    seen: list[int] = []
    on_upsert(world.adapters, lambda points: seen.append(counts(world).embedded))
    indexing.embed()
    assert seen == [0]
    assert counts(world).embedded == 5


def test_invariant_4_a_refused_write_leaves_all_pending_and_pays_once(world: Any, indexing: Indexing) -> None:
    ids = world.add(*TEXTS)
    upsert = world.adapters.index.upsert

    def refuse(profile: EmbeddingProfile, points: Sequence[Point]) -> None:
        raise IndexUnavailable("The index is away.")

    world.adapters.index.upsert = refuse
    with pytest.raises(IndexUnavailable):
        indexing.embed()
    assert (counts(world).embedded, counts(world).pending) == (0, 50)
    world.adapters.index.upsert = upsert
    assert indexing.embed().passages == 50  # its leases were given back, not left to expire
    assert_embedded_once(world, 50)
    assert indexed(world) == set(ids)


def test_invariant_4_a_text_that_changes_meanwhile_is_embedded_again(world: Any, indexing: Indexing) -> None:
    ids = world.add(*TEXTS[:3])
    changes = iter([lambda: world.change(ids[1], "rewritten meanwhile")])
    on_upsert(world.adapters, lambda points: next(changes, lambda: None)())
    indexing.embed()
    assert (counts(world).embedded, counts(world).pending) == (3, 0)
    assert_embedded_once(world, 4)


def test_invariant_5_a_passage_that_vanishes_meanwhile_leaves_no_orphan(
    world: Any, indexing: Indexing
) -> None:
    ids = world.add(*TEXTS[:3])
    deletions = iter([lambda: world.delete(ids[1])])
    on_upsert(world.adapters, lambda points: next(deletions, lambda: None)())
    assert indexing.embed().passages == 2
    world.expire_leases()
    indexing.remove()
    assert indexed(world) == {ids[0], ids[2]}
    assert counts(world).removals == 0


def test_invariant_5_removal_tolerates_absence_and_repeats_after_an_outage(
    world: Any, indexing: Indexing
) -> None:
    ids = world.add(*TEXTS)
    indexing.embed()
    world.adapters.index.remove(world.embedder.profile, ids[:3])
    for passage_id in ids[:10]:
        world.delete(passage_id)
    remove = world.adapters.index.remove

    def refuse(profile: EmbeddingProfile, passage_ids: Sequence[UUID]) -> None:
        raise IndexUnavailable("The index is away.")

    world.adapters.index.remove = refuse
    with pytest.raises(IndexUnavailable):
        indexing.remove()
    assert counts(world).removals == 10
    world.adapters.index.remove = remove
    assert indexing.remove() == 10
    assert indexed(world) == set(ids[10:])
    assert counts(world).removals == 0


def test_invariant_6_one_bad_passage_fails_alone_and_can_be_replayed(world: Any, indexing: Indexing) -> None:
    texts = [*TEXTS[:30], "a poisonous text", *TEXTS[30:]]
    ids = world.add(*texts)
    world.embedder.reject("poisonous")
    outcome = indexing.embed()
    assert (outcome.passages, outcome.failed) == (50, 1)
    assert (counts(world).embedded, counts(world).failed, counts(world).pending) == (50, 1, 0)
    assert indexed(world) == set(ids) - {ids[30]}
    assert_embedded_once(world, 50)
    assert indexing.embed().failed == 0  # not tried again by itself
    world.embedder.accept("poisonous")
    assert world.adapters.ledger.replay(world.embedder.profile) == 1
    assert indexing.embed().passages == 1
    assert indexed(world) == set(ids)


def test_invariant_6_throttling_is_waited_out_and_counts_against_nobody(
    world: Any, indexing: Indexing
) -> None:
    world.add(*TEXTS)
    world.embedder.throttle(2, retry_after=0.01)
    outcome = indexing.embed()
    assert (outcome.passages, outcome.failed, outcome.resume_in) == (50, 0, None)
    assert_embedded_once(world, 50)


def test_invariant_6_a_long_throttle_ends_the_sweep_and_frees_its_leases(
    world: Any, indexing: Indexing, another: Callable[[], Indexing]
) -> None:
    world.add(*TEXTS)
    world.embedder.throttle(1, retry_after=600)
    outcome = indexing.embed()
    assert outcome.passages == 0
    assert outcome.resume_in == pytest.approx(600, abs=5)
    calls = world.embedder.calls
    assert indexing.embed().resume_in is None
    assert world.embedder.calls == calls  # it does as it was asked
    assert another().embed().passages == 50
    assert counts(world).failed == 0


def test_invariant_6_an_outage_leaves_all_pending_and_counts_against_nobody(
    world: Any, indexing: Indexing, another: Callable[[], Indexing]
) -> None:
    world.add(*TEXTS)
    world.embedder.unavailable = True
    outcome = indexing.embed()
    assert (outcome.passages, outcome.failed) == (0, 0)
    assert (counts(world).pending, counts(world).failed) == (50, 0)
    world.embedder.unavailable = False
    assert another().embed().passages == 50


def test_invariant_7_an_alias_moves_only_when_coverage_is_complete(world: Any, indexing: Indexing) -> None:
    world.add(*TEXTS[:5])
    indexing.embed()
    index, old = world.adapters.index, world.embedder.profile
    assert index.promoted() == old.collection
    new = FakeEmbedder(dimensions=16)
    new.reject("passage 3")
    successor = Indexing(indexing.settings, lambda: replace(world.adapters, embedder=new))
    successor.embed()
    assert index.promoted() == old.collection
    new.accept("passage 3")
    world.adapters.ledger.replay(new.profile)
    successor.embed()
    assert index.promoted() == new.profile.collection
    assert index.count(old) == index.count(new.profile) == 5


def test_a_wiped_index_heals_from_the_cache_without_one_provider_call(world: Any, indexing: Indexing) -> None:
    ids = world.add(*TEXTS)
    indexing.embed()
    world.adapters.index.remove(world.embedder.profile, ids)
    calls = world.embedder.calls
    found = indexing.reconcile()
    assert (found.points, found.orphans, found.lost) == (0, 0, 50)
    assert indexing.embed().passages == 50
    assert world.embedder.calls == calls
    assert indexed(world) == set(ids)


def test_orphans_are_found_and_removed(world: Any, indexing: Indexing) -> None:
    ids = world.add(*TEXTS[:4])
    indexing.embed()
    point = world.adapters.index
    strays = [UUID(int=number) for number in range(1, 4)]
    profile = world.embedder.profile
    vector = world.embedder.embed_query("stray")
    sparse = world.adapters.sparse.encode_query("stray", "en")
    claimed = world.adapters.ledger.claim(profile, "nobody", 1, _minute())
    assert claimed == []
    payload = _payload()
    point.upsert(profile, [Point(stray, vector, sparse, payload) for stray in strays])
    found = indexing.reconcile()
    assert (found.points, found.orphans, found.lost) == (7, 3, 0)
    assert indexed(world) == set(ids)


def test_two_workers_at_once_share_the_work_and_embed_nothing_twice(
    world: Any, another: Callable[[], Indexing]
) -> None:
    ids = world.add(*[f"passage {number}" for number in range(300)])
    with ThreadPoolExecutor(3) as pool:
        done = [run.result().passages for run in [pool.submit(another().embed) for _ in range(3)]]
    assert sum(done) == 300
    assert_embedded_once(world, 300)
    assert indexed(world) == set(ids)


def test_a_worker_that_lost_its_lease_does_not_write(
    world: Any, indexing: Indexing, another: Callable[[], Indexing]
) -> None:
    """One worker hangs in the provider until its leases have run out; another does the work meanwhile."""
    ids = world.add(*TEXTS[:5])
    embed = world.embedder.embed
    written: list[int] = []
    on_upsert(world.adapters, lambda points: written.append(len(points)))

    def hanging(texts: Sequence[str]) -> Any:
        world.embedder.embed = embed
        world.expire_leases()
        assert another().embed().passages == 5
        return embed(texts)

    world.embedder.embed = hanging
    assert indexing.embed().passages == 0
    assert [size for size in written if size] == [5]
    assert indexed(world) == set(ids)
    assert counts(world).embedded == 5


def test_what_was_paid_for_before_a_failure_is_not_paid_again(
    world: Any, indexing: Indexing, another: Callable[[], Indexing]
) -> None:
    world.add(*TEXTS)
    embed = world.embedder.embed

    def failing_later(texts: Sequence[str]) -> Any:
        if world.embedder.calls == 5:
            raise EmbeddingUnavailable("The line is cut.")
        return embed(texts)

    world.embedder.embed = failing_later
    indexing.embed()
    assert 0 < counts(world).embedded < 50
    world.embedder.embed = embed
    another().embed()
    assert counts(world).embedded == 50
    assert_embedded_once(world, 50)


def _minute() -> Any:
    from datetime import timedelta

    return timedelta(minutes=1)


def _payload() -> Any:
    from robolearn.domain.work import PassagePayload

    return PassagePayload("gone", UUID(int=9), None, "en", (), (), ())
