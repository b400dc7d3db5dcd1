"""Worker and beat inside one process: they start, work, stop within seconds, and start again."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from robolearn_worker.embedded import EmbeddedWorker
from robolearn_worker.settings import WorkerSettings


@pytest.fixture
def world(fake_world: Any) -> Any:
    return fake_world


@pytest.fixture
def worker_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkerSettings:
    monkeypatch.chdir(tmp_path)
    worker = {"embed_every_seconds": 0.2, "remove_every_seconds": 0.2, "heartbeat_file": tmp_path / "beat"}
    return WorkerSettings.model_validate({"database": {"url": "postgresql://unused"}, "worker": worker})


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for the condition; fail when the time is up."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        pause.wait(0.02)


def points(world: Any) -> int:
    found: int = world.adapters.index.count(world.embedder.profile)
    return found


@pytest.mark.parametrize("broker", ["memory", "redis"])
def test_it_works_stops_and_starts_again(
    broker: str, world: Any, worker_settings: WorkerSettings, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    options = {"broker": request.getfixturevalue("redis_url")} if broker == "redis" else {}
    before = set(threading.enumerate())
    for round_ in range(1, 3):
        ids = world.add(*[f"round {round_} passage {number}" for number in range(30)])
        worker = EmbeddedWorker(worker_settings, world.adapters, **options)
        worker.start()
        until(lambda: points(world) == 30 * round_ - round_ + 1)  # noqa: B023
        world.add(f"round {round_}, while it runs")
        world.delete(ids[0])
        world.delete(ids[1])
        until(lambda: world.ledger.counts(world.embedder.profile).removals == 0)
        until(lambda: points(world) == 30 * round_ - round_)  # noqa: B023
        started = time.monotonic()
        worker.stop()
        assert time.monotonic() - started < 10
        left = {thread for thread in set(threading.enumerate()) - before if not thread.daemon}
        assert left == set()
    assert set(world.embedder.embedded.values()) == {1}
    assert [one.name for one in tmp_path.iterdir()] == ["beat"]  # the schedule is in memory


def test_stopping_gives_back_the_leases_of_a_running_sweep(
    world: Any, worker_settings: WorkerSettings
) -> None:
    world.add(*[f"passage {number}" for number in range(500)])
    inside, go_on = threading.Event(), threading.Event()
    embed = world.embedder.embed

    def slow(texts: list[str]) -> Any:
        inside.set()
        assert go_on.wait(20)
        return embed(texts)

    world.embedder.embed = slow
    worker = EmbeddedWorker(worker_settings, world.adapters)
    worker.start()
    assert inside.wait(20)
    stopping = threading.Thread(target=worker.stop)
    stopping.start()
    assert worker.indexing.stop.wait(20)
    go_on.set()
    stopping.join(20)
    assert not stopping.is_alive()
    counts = world.ledger.counts(world.embedder.profile)
    assert counts.embedded == worker_settings.worker.batch_size
    owners = {state.owner for state in world.ledger.states[world.embedder.profile.fingerprint].values()}
    assert owners == {None}
