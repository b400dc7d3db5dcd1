"""Reads of the catalogue through real uvicorn, against a bare endpoint served the same way."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from tests.bench import ours
from tests.bench.findings import Findings, Row
from tests.bench.fresh import ROOT
from tests.bench.place import MODEL, SAMPLE, Place, administration
from tests.bench.progress import say
from tests.bench.usage import own_peak

GOAL = 0.6
SECONDS, FEW_SECONDS = 4.0, 1.0
START_SECONDS = 60
HELLO = "/hello"
NOTES = (
    "Both: uvicorn with uvloop and httptools, one process, sync handlers, 16 keep-alive connections from "
    "another process on the same cores. Ours runs as `python -m robolearn_api` with its default settings, "
    "access log included.",
)


def measure(place: Place) -> Findings:
    """Serve the sample courses and the bare endpoint, and load them in turns."""
    url, ports = place.database(), (_free_port(), _free_port())
    engine = ours.pool(url)
    for course in sorted(one for one in SAMPLE.iterdir() if one.is_dir()):
        ours.ingest(engine, str(course))
    engine.dispose()
    seconds = FEW_SECONDS if place.quick else SECONDS
    api = _environment(url, ports[0], place.memory / "catalogue")
    with (
        _served(["-m", "robolearn_api"], ports[0], "/livez", api) as own,
        _served(["-m", "tests.bench.hello", str(ports[1])], ports[1], HELLO, {}) as bare,
    ):
        paths = _paths(url)
        rates = _in_turns(place.repeats, seconds, ports, paths)
        memory = own_peak(own), own_peak(bare)
        rows = tuple(
            _row(f"{name}, {_size(ports[0], path):,} bytes", rates[name], rates[HELLO], memory)
            for name, path in paths.items()
        )
    return Findings(rows, notes=NOTES)


def _row(name: str, rates: list[float], bare: list[float], memory: tuple[float, float]) -> Row:
    ratio = median(rates) / median(bare)
    return Row(
        f"read {name}", median(rates), "/s", median(bare), ratio, f"at least {GOAL} x", ratio >= GOAL, *memory
    )


def _in_turns(
    repeats: int, seconds: float, ports: tuple[int, int], paths: dict[str, str]
) -> dict[str, list[float]]:
    targets = {HELLO: (ports[1], HELLO)} | {name: (ports[0], path) for name, path in paths.items()}
    rates: dict[str, list[float]] = {name: [] for name in targets}
    for turn in range(repeats):
        for name, (port, path) in targets.items():
            rates[name].append(_load(port, path, seconds))
            say(f"catalogue: {name}, {turn + 1} of {repeats}: {rates[name][-1]:.0f}/s")
    return rates


def _load(port: int, path: str, seconds: float) -> float:
    command = [sys.executable, "-m", "tests.bench.requests", str(port), path, str(seconds)]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=seconds + 60)
    return float(json.loads(ended.stdout))


def _paths(database: str) -> dict[str, str]:
    """The list, the course with most lessons, and its lesson of median length."""
    course = """
        SELECT course.id, course.slug FROM course JOIN lesson ON lesson.course_id = course.id
        GROUP BY course.id ORDER BY count(*) DESC, course.slug LIMIT 1
    """
    lessons = "SELECT id FROM lesson WHERE course_id = %s ORDER BY length(html), id"
    with administration(database) as connection, connection.cursor() as cursor:
        cursor.execute(course)
        [(course_id, slug)] = cursor.fetchall()
        cursor.execute(lessons, (course_id,))
        ids = [row[0] for row in cursor.fetchall()]
    return {
        "the list of courses": "/api/v1/courses",
        "one course": f"/api/v1/courses/{slug}",
        "one lesson": f"/api/v1/lessons/{ids[len(ids) // 2]}",
    }


def _environment(database: str, port: int, index: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "API_PORT": str(port),
        "QDRANT_PATH": str(index),
        "EMBEDDING_MODEL_DIR": str(MODEL),
    }


def _size(port: int, path: str) -> int:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return len(answer.read())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def _served(arguments: list[str], port: int, probe: str, environment: dict[str, str]) -> Iterator[int]:
    """The pid of a server that answers."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(process, f"http://127.0.0.1:{port}{probe}")
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _await(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{url} does not come up: {error}") from error
            time.sleep(0.1)
