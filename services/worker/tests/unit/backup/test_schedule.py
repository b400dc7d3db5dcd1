"""When a backup is due, and what becomes of one that fails."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from robolearn.domain.errors import IndexUnavailable
from robolearn_worker.backup.metrics import BackupMetrics
from robolearn_worker.backup.schedule import Schedule
from robolearn_worker.heartbeat import Heartbeat, check

NOW = 1_764_000_000.0
DAY = 86400.0


class World:
    """A folder of backups by their ages, a clock, and a service that fails as told."""

    def __init__(self, folder: Path) -> None:
        self.now, self.taken, self.fails = NOW, list[float](), False
        self.metrics, self.beat = BackupMetrics(), folder / "beat"
        self.schedule = Schedule(
            self, self.take, DAY, heartbeat=Heartbeat(self.beat, clock=self.clock),
            metrics=self.metrics, clock=self.clock,
        )  # type: ignore[arg-type]  # fmt: skip

    def clock(self) -> float:
        return self.now

    def take(self) -> None:
        if self.fails:
            raise IndexUnavailable("Qdrant is away.")
        self.taken.append(self.now)

    def whole(self) -> list[Any]:
        newest = sorted(self.taken, reverse=True)
        return [(None, SimpleNamespace(created=datetime.fromtimestamp(one, UTC), size=77)) for one in newest]

    def metric(self, name: str) -> float | None:
        return self.metrics.registry.get_sample_value(f"robolearn_backup_{name}")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_first_is_taken_at_once_and_the_next_when_that_is_old(world: World) -> None:
    assert world.metric("last_success_timestamp_seconds") == 0
    world.schedule.look()
    for _ in range(5):
        world.schedule.look()
    assert world.taken == [NOW]
    world.now += DAY - 1
    assert world.schedule.look() == 1
    world.now += 1
    world.schedule.look()
    assert world.taken == [NOW, NOW + DAY]
    assert world.metric("last_success_timestamp_seconds") == NOW + DAY
    assert world.metric("last_size_bytes") == 77


def test_after_a_restart_the_folder_tells_what_is_due(world: World) -> None:
    world.taken.append(NOW - DAY / 2)
    world.schedule.look()
    assert len(world.taken) == 1
    assert world.metric("last_success_timestamp_seconds") == NOW - DAY / 2


def test_a_failure_is_counted_told_and_tried_again(world: World) -> None:
    world.fails = True
    assert world.schedule.look() == 300
    assert world.schedule.look() == 300
    assert world.metric("failures_total") == 2
    health = check(world.beat, 600, now=world.now)
    assert (health.healthy, health.reason) == (True, "Waiting: the last backup failed: Qdrant is away.")
    world.fails = False
    world.schedule.look()
    assert world.taken == [NOW]


def test_a_service_that_no_longer_looks_is_not_healthy(world: World) -> None:
    world.schedule.look()
    assert check(world.beat, 600, now=world.now + 599).healthy
    assert not check(world.beat, 600, now=world.now + 601).healthy


def test_it_ends_when_told(world: World) -> None:
    stop = Event()
    stop.set()
    world.schedule.run(stop)
    assert world.taken == []
