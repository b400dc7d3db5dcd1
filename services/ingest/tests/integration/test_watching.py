"""Watching a folder as development does: a process that loads each edit until it is told to stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

Watch = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "drive"
    folder.mkdir()
    (folder / "wheels.md").write_text("# Wheels\n\nWheels roll.\n")
    (folder / "motors.md").write_text("# Motors\n\nMotors turn wheels.\n")
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "watch.log"


@pytest.fixture
def watch(database_url: str, log: Path) -> Iterator[Watch]:
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, database: str = database_url) -> "subprocess.Popen[bytes]":
        with log.open("wb") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "robolearn_ingest", "watch", *arguments],
                env={"PATH": os.environ["PATH"], "DATABASE_URL": database},
                stdout=told,
                stderr=told,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait(30)


def until(condition: Callable[[], bool], seconds: float = 30.0) -> float:
    """Wait for the condition and return how long it took; fail when the time is up."""
    started, pause = time.monotonic(), threading.Event()
    while not condition():
        assert time.monotonic() < started + seconds, "the condition did not come true in time"
        pause.wait(0.01)
    return time.monotonic() - started


def texts(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT text FROM passage")))


def lessons(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT source_path FROM lesson")))


@pytest.mark.parametrize("how", [[], ["--poll"]])
def test_an_edit_is_in_the_database_at_once(
    how: list[str], watch: Watch, course: Path, engine: Engine
) -> None:
    process = watch(str(course), *how)
    until(lambda: len(lessons(engine)) == 2)
    (course / "wheels.md").write_text("# Wheels\n\nWheels slip.\n")
    assert until(lambda: "Wheels slip." in texts(engine)) < 3.0  # 0.15 s on an idle machine
    (course / "new").mkdir()
    (course / "new" / "brakes.md").write_text("# Brakes\n\nBrakes stop.\n")
    until(lambda: "new/brakes.md" in lessons(engine))
    (course / "new").rename(course / "later")
    until(lambda: "later/brakes.md" in lessons(engine))
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


def test_a_file_saved_by_replacing_it_is_seen_again_and_again(
    watch: Watch, course: Path, engine: Engine, tmp_path: Path
) -> None:
    page = course / "wheels.md"
    watch(str(page))
    until(lambda: lessons(engine) == {"wheels.md"})
    for said in ("first", "second"):
        (tmp_path / "saved").write_text(f"# Wheels\n\nThe {said} text.\n")
        (tmp_path / "saved").replace(page)
        until(lambda said=said: f"The {said} text." in texts(engine))  # type: ignore[misc]


def test_a_bad_file_and_a_missing_folder_are_told_and_waited_out(
    watch: Watch, course: Path, engine: Engine, log: Path, tmp_path: Path
) -> None:
    process = watch(str(course))
    until(lambda: len(lessons(engine)) == 2)
    (course / "motors.md").write_bytes(b"\x00\x01\x02 not text")
    until(lambda: "page.problem" in log.read_text())
    course.rename(tmp_path / "away")
    until(lambda: "watch.waiting" in log.read_text())
    course.mkdir()
    (course / "wheels.md").write_text("# Wheels\n\nIn another folder.\n")
    until(lambda: "In another folder." in texts(engine))
    (course / "wheels.md").write_text("# Wheels\n\nEdited there.\n")
    until(lambda: "Edited there." in texts(engine))
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert "Traceback" not in log.read_text()


def test_a_database_that_is_away_is_one_line_and_no_end(watch: Watch, course: Path, log: Path) -> None:
    process = watch(str(course), database="postgresql://user@127.0.0.1:1/none")
    until(lambda: "watch.waiting" in log.read_text())
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(3)
    assert log.read_text().count("watch.waiting") == 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("source", "told"),
    [("https://example.org/course.git", "git address cannot be watched"), ("nowhere", "does not exist")],
)
def test_what_cannot_be_watched_is_refused_in_one_sentence(
    source: str, told: str, watch: Watch, log: Path
) -> None:
    assert watch(source).wait(30) == 66
    assert told in log.read_text()
    assert "Traceback" not in log.read_text()
