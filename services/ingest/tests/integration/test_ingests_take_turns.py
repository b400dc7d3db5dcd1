"""Ingests at the same time: one writes, the others wait, and find what it has written."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from robolearn.domain.records import SourceRecord
from robolearn.storage.curriculum import CurriculumWriter
from robolearn_ingest.loading import LoadReport

COURSE = {"wheels.md": "# Wheels\n\nWheels roll.\n", "motors.md": "# Motors\n\nMotors turn wheels.\n"}
HELD = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
Load = Callable[..., LoadReport]


def _value(engine: Engine, statement: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(statement))


def test_ingests_of_the_same_files_at_once_write_them_once(load: Load, engine: Engine) -> None:
    reports: list[LoadReport] = []
    threads = [threading.Thread(target=lambda: reports.append(load(COURSE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.written for one in reports) == [False, False, False, True]
    assert _value(engine, "SELECT count(*) FROM lesson") == 2


def test_whatever_a_run_writes_it_writes_under_the_lock(
    load: Load, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks: list[object] = []
    write = CurriculumWriter.source

    def watched(writer: CurriculumWriter, source: SourceRecord) -> None:
        locks.append(writer._connection.scalar(HELD))
        write(writer, source)

    monkeypatch.setattr(CurriculumWriter, "source", watched)
    load(COURSE)
    load(COURSE, revision="abc")
    load(COURSE | {"new.md": "# New"}, revision="abc")
    assert locks == [1, 1, 1]
    assert _value(engine, "SELECT revision FROM source") == "abc"
