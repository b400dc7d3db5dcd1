"""What the sweeps of one process share."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import pytest

from robolearn import __version__
from robolearn.domain.errors import IndexUnavailable, SchemaMismatch
from robolearn_worker.heartbeat import check
from robolearn_worker.indexing import Indexing
from robolearn_worker.settings import IndexingSettings


@pytest.fixture
def world(fake_world: Any) -> Any:
    return fake_world


def pending(world: Any) -> int:
    found: int = world.adapters.ledger.counts(world.embedder.profile).pending
    return found


def test_adapters_are_built_at_first_use_and_once(world: Any, settings: IndexingSettings) -> None:
    built: list[int] = []

    def connect() -> Any:
        built.append(1)
        return world.adapters

    indexing = Indexing(settings, connect)
    assert built == []
    indexing.embed()
    indexing.remove()
    indexing.reconcile()
    assert built == [1]


def test_one_process_embeds_in_one_sweep_at_a_time(world: Any, indexing: Indexing) -> None:
    world.add("one")
    inside, go_on = Event(), Event()
    embed = world.embedder.embed

    def slow(texts: Sequence[str]) -> Any:
        inside.set()
        assert go_on.wait(10)
        return embed(texts)

    world.embedder.embed = slow
    first = Thread(target=indexing.embed)
    first.start()
    assert inside.wait(10)
    assert indexing.embed().passages == 0
    go_on.set()
    first.join(10)
    assert pending(world) == 0


def test_stopping_finishes_the_running_batch_and_claims_no_other(world: Any, indexing: Indexing) -> None:
    world.add(*[f"passage {number}" for number in range(100)])
    embed = world.embedder.embed

    def stopped_meanwhile(texts: Sequence[str]) -> Any:
        indexing.stop.set()
        return embed(texts)

    world.embedder.embed = stopped_meanwhile
    assert indexing.embed().passages == 20
    assert pending(world) == 80
    states = world.ledger.states[world.embedder.profile.fingerprint].values()
    assert {state.owner for state in states} == {None}
    assert indexing.embed().passages == 0


def test_stopping_ends_a_wait_for_the_provider(world: Any, settings: IndexingSettings) -> None:
    world.add("one")
    patient = settings.model_copy(update={"patience_seconds": 600.0})
    indexing = Indexing(patient, lambda: world.adapters)
    asked = Event()
    embed = world.embedder.embed

    def throttled(texts: Sequence[str]) -> Any:
        asked.set()
        return embed(texts)

    world.embedder.embed = throttled
    world.embedder.throttle(1, retry_after=500)
    waiting = Thread(target=indexing.embed)
    waiting.start()
    assert asked.wait(10)
    indexing.close()
    waiting.join(10)
    assert not waiting.is_alive()
    assert pending(world) == 1


def test_a_sweep_whose_time_is_up_asks_for_the_next(world: Any, settings: IndexingSettings) -> None:
    world.add(*[f"passage {number}" for number in range(100)])
    short = settings.model_copy(update={"sweep_limit_seconds": -1.0})
    outcome = Indexing(short, lambda: world.adapters).embed()
    assert (outcome.passages, outcome.resume_in) == (0, 0.0)


def test_an_outage_is_a_wait_that_the_probe_understands(world: Any, indexing: Indexing) -> None:
    world.adapters.index.outage = IndexUnavailable("Qdrant is away.")
    with pytest.raises(IndexUnavailable):
        indexing.embed()
    health = check(indexing.settings.heartbeat_file, 600)
    assert (health.healthy, health.reason) == (True, "Waiting: Qdrant is away.")
    world.adapters.index.outage = None
    indexing.embed()
    assert check(indexing.settings.heartbeat_file, 600).reason.startswith("Last progress 0 s ago")


def test_metrics_tell_what_became_of_passages_and_calls(world: Any, indexing: Indexing) -> None:
    world.add("good", "bad", "fine")
    world.embedder.reject("bad")
    world.embedder.throttle(1, retry_after=0.0)
    indexing.embed()

    def value(name: str, **labels: str) -> float | None:
        return indexing.metrics.registry.get_sample_value(f"robolearn_worker_{name}", labels)

    assert value("passages_total", outcome="embedded") == 2
    assert value("passages_total", outcome="failed") == 1
    assert value("provider_calls_total", outcome="throttled") == 1
    assert (value("provider_calls_total", outcome="rejected") or 0) >= 2
    assert value("build_info", version=__version__) == 1
    assert (value("last_progress_timestamp_seconds") or 0) > 1e9


def test_passages_of_several_languages_get_words_of_their_own(world: Any, indexing: Indexing) -> None:
    from robolearn.domain.work import PassagePayload

    asked: list[str] = []
    encode = world.adapters.sparse.encode

    def noting(texts: Sequence[str], language: str) -> Any:
        asked.append(language)
        return encode(texts, language)

    world.adapters.sparse.encode = noting
    for language in ("en", "de", "en"):
        payload = PassagePayload("c", next(iter(world.add("x"))), None, language, (), (), ())
        world.ledger.put(f"text in {language}", payload=payload)
    indexing.embed()
    assert sorted(asked) == ["de", "en"]


def test_a_database_that_is_not_migrated_yet_is_waited_for(world: Any, settings: IndexingSettings) -> None:
    def unmigrated() -> None:
        raise SchemaMismatch("The database has no schema yet.", "Run `robolearn migrate`.")

    waiting = Indexing(settings, lambda: replace(world.adapters, check_database=unmigrated))
    assert waiting.prepare().embedder is world.embedder
    for work in (waiting.embed, waiting.remove, waiting.reconcile):
        with pytest.raises(SchemaMismatch):
            work()
    health = check(settings.heartbeat_file, settings.stuck_after_seconds)
    assert (health.healthy, "robolearn migrate" in health.reason) == (True, True)


def test_no_sweep_runs_on_a_schema_of_another_release_and_the_wait_is_known(
    world: Any, settings: IndexingSettings
) -> None:
    def refuse() -> None:
        raise SchemaMismatch("The database has no schema yet.", "Run `robolearn migrate`.")

    world.add("one")
    indexing = Indexing(settings, lambda: replace(world.adapters, check_database=refuse))
    indexing.heartbeat.start()
    for sweep in (indexing.embed, indexing.remove, indexing.reconcile):
        with pytest.raises(SchemaMismatch):
            sweep()
    assert world.embedder.embedded == {}
    health = check(settings.heartbeat_file, settings.stuck_after_seconds)
    assert health.healthy
    assert "robolearn migrate" in health.reason
