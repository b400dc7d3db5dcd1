"""Worker and beat as an operator runs them: processes, on Redis, PostgreSQL and a provider by HTTP."""

import signal
from collections import Counter
from typing import Any

import pytest
import redis
from sqlalchemy import Engine

from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import IndexCounts
from robolearn.settings import QdrantSettings
from robolearn.storage.ledger import SqlLedger
from robolearn.testing.openai_server import OpenAIServer
from robolearn.testing.rows import LessonRows, insert_course
from robolearn.vectors.qdrant import QdrantIndex

PROFILE = EmbeddingProfile("openai", "stub", 32)


def add(engine: Engine, name: str, number: int) -> set[Any]:
    texts = tuple(f"{name} passage {one}" for one in range(number))
    return set(insert_course(engine, name, [LessonRows("Lesson", texts)]).passages)


def test_worker_and_beat_converge_although_redis_is_flushed(
    engine: Engine, commands: Any, provider: OpenAIServer, redis_url: str, until: Any
) -> None:
    ledger, tmp_path = SqlLedger(engine), commands.folder

    def counts() -> IndexCounts:
        return ledger.counts(PROFILE)

    first = add(engine, "first", 100)
    worker, beat = commands.start("worker"), commands.start("beat")
    until(lambda: counts().embedded == 100)
    assert "Last progress" in commands.run("healthcheck").stdout

    broker = redis.Redis.from_url(redis_url)
    provider.embedder.throttle(1, retry_after=1)
    second = add(engine, "second", 200)
    until(lambda: len(provider.requests) > 2)
    broker.flushall()
    broker.close()
    until(lambda: counts().embedded == 300)

    for process in (worker, beat):
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert set(Counter(provider.embedder.embedded).values()) == {1}
    index = QdrantIndex(QdrantSettings(path=tmp_path / "qdrant"))
    assert set(index.passage_ids(PROFILE)) == first | second
    assert index.promoted() == PROFILE.collection
    index.close()
    logs = {one.name for one in tmp_path.iterdir()}
    assert logs == {"qdrant", "heartbeat.json", "worker.log", "beat.log"}
    told = (tmp_path / "worker.log").read_text() + (tmp_path / "beat.log").read_text()
    assert "Traceback" not in told


def test_an_operator_reconciles_and_replays_by_hand(
    engine: Engine, commands: Any, provider: OpenAIServer
) -> None:
    ledger = SqlLedger(engine)
    (passage,) = add(engine, "bad", 1)
    ledger.register(PROFILE)
    ledger.enrol(PROFILE)
    from datetime import timedelta

    ledger.claim(PROFILE, "me", 1, timedelta(minutes=1))
    ledger.fail(PROFILE, "me", passage, "refused")
    replayed = commands.run("replay")
    assert (replayed.returncode, replayed.stdout) == (0, "1 failed passages made pending.\n")
    assert ledger.counts(PROFILE).pending == 1
    reconciled = commands.run("reconcile")
    assert reconciled.stdout == "0 points, 0 orphans removed, 0 lost ones made pending.\n"


def test_a_probe_without_a_worker_is_unhealthy_and_says_why(commands: Any) -> None:
    probed = commands.run("healthcheck")
    assert probed.returncode == 1
    assert "heartbeat.json" in probed.stdout


@pytest.mark.parametrize(
    ("command", "changes", "code", "told"),
    [
        ("worker", {"WORKER_BATCH_SIZE": "0"}, 78, "WORKER_BATCH_SIZE"),
        ("worker", {"REDIS_URL": "http://example.org"}, 78, "REDIS_URL"),
        ("worker", {"DATABASE_URL": "mysql://nowhere/none"}, 78, "DATABASE_URL"),
        ("worker", {"QDRANT_PATH": ""}, 78, "QDRANT_URL and QDRANT_PATH"),
        ("worker", {"EMBEDDING_PROVIDER": "local", "EMBEDDING_MODEL_DIR": "none"}, 78, "EMBEDDING_MODEL_DIR"),
        ("worker", {"OPENAI_BASE_URL": ""}, 78, "OPENAI_API_KEY"),
        ("worker", {"OPENAI_BASE_URL": "example.org/v1"}, 78, "OPENAI_BASE_URL"),
        (
            "worker",
            {"WORKER_METRICS_PORT": "1", "WORKER_METRICS_HOST": "192.0.2.1"},
            78,
            "WORKER_METRICS_PORT",
        ),
        ("reconcile", {"DATABASE_URL": "postgresql://127.0.0.1:1/none"}, 69, "DATABASE_URL"),
        ("reconcile", {"QDRANT_URL": "http://127.0.0.1:1"}, 78, "QDRANT_URL and QDRANT_PATH"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_an_exit_code(
    commands: Any, command: str, changes: dict[str, str], code: int, told: str
) -> None:
    failed = commands.run(command, **changes)
    assert failed.returncode == code
    assert told in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("command", ["reconcile", "replay"])
def test_a_database_without_schema_is_one_sentence(commands: Any, command: str, empty_database: str) -> None:
    failed = commands.run(command, DATABASE_URL=empty_database)
    assert failed.returncode == 78
    assert "Run `robolearn migrate`." in failed.stderr
    assert "Traceback" not in failed.stderr
