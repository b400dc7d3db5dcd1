"""SIGTERM, as `docker stop` sends it, at the worst moments: nothing is held, and the exit code is 0."""

import signal
import subprocess
import time
from datetime import timedelta
from typing import Any

import pytest
import redis
from sqlalchemy import Engine

from robolearn.domain.profile import EmbeddingProfile
from robolearn.storage.ledger import SqlLedger
from robolearn.testing.openai_server import HANG, OpenAIServer
from robolearn.testing.rows import LessonRows, insert_course

PROFILE = EmbeddingProfile("openai", "stub", 32)
NOWHERE = "redis://127.0.0.1:1/0"
# What `docker stop` waits before it kills.
PATIENCE = 10.0


def stop(process: Any) -> float:
    """Ask the process to end; how long it took."""
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    return time.monotonic() - started


def test_leases_are_free_at_once_although_the_provider_never_answers(
    engine: Engine, commands: Any, provider: OpenAIServer, until: Any
) -> None:
    texts = tuple(f"passage {one}" for one in range(300))
    insert_course(engine, "slow", [LessonRows("Lesson", texts)])
    provider.script(HANG)
    worker = commands.start("worker")
    beat = commands.start("beat")
    until(lambda: provider.requests)
    assert stop(worker) < PATIENCE
    assert "sweep.stopped" in (commands.folder / "worker.log").read_text()
    claimed = SqlLedger(engine).claim(PROFILE, "another", 1000, timedelta(minutes=1))
    assert len(claimed) == 300
    assert stop(beat) < 2


def test_a_worker_and_beat_without_a_broker_wait_in_one_line_and_still_stop(
    commands: Any, until: Any
) -> None:
    commands.environment = commands.environment | {"REDIS_URL": NOWHERE}
    beat, worker = commands.start("beat"), commands.start("worker")
    beats_log = commands.folder / "beat.log"
    until(lambda: "beat.waiting" in beats_log.read_text())
    until(lambda: "Redis does not answer" in commands.run("healthcheck").stdout)
    with pytest.raises(subprocess.TimeoutExpired):
        beat.wait(2)
    told = beats_log.read_text()
    assert (told.count("Redis does not answer"), "Traceback" in told) == (1, False)
    assert stop(worker) < PATIENCE
    assert stop(beat) < 2


def test_beat_finds_a_broker_that_comes_back(commands: Any, until: Any, redis_url: str) -> None:
    beat = commands.start("beat")
    broker = redis.Redis.from_url(redis_url)
    until(lambda: broker.llen("indexing"))
    assert "Last hint" in commands.run("healthcheck").stdout
    broker.client_kill_filter(_type="normal", skipme=True)
    broker.flushall()
    until(lambda: broker.llen("indexing"))
    assert beat.poll() is None
    broker.close()


def test_beat_that_was_killed_is_told_and_one_that_was_stopped_is_not(commands: Any, until: Any) -> None:
    beat = commands.start("beat")
    until(lambda: commands.run("healthcheck").returncode == 0)
    stop(beat)
    assert "neither worker nor beat" in commands.run("healthcheck").stdout
