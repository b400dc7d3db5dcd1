"""The api as operators run it: several real processes behind one port, on a real database."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from robolearn.ports.embedding import Vectors
from robolearn.testing.openai_server import OpenAIServer
from robolearn_api.processes import SILENCE_SECONDS

START_SECONDS = 60
SLOW_SECONDS = 4.0


class Api:
    """A running `python -m robolearn_api`."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("w") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "robolearn_api"], env=environment, stderr=told
            )
        self.url = f"http://127.0.0.1:{environment['API_PORT']}"
        self.environment = environment

    def get(self, path: str, **given: Any) -> httpx.Response:
        """An answer on a connection of its own, so that any process may give it."""
        return httpx.get(f"{self.url}{path}", timeout=30, **given)

    def lines(self, event: str) -> list[dict[str, Any]]:
        """The log lines of this kind."""
        told = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in told if line["event"] == event]

    def children(self) -> list[int]:
        """The processes that serve."""
        own = self.process.pid
        listed = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not condition():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, f"{what}: {self.log.read_text()}"
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            return self.get("/livez").status_code == 200
        except httpx.TransportError:
            return False

    def numbers(self) -> dict[str, float]:
        """What Prometheus would read."""
        page = self.get("/metrics").text
        return {name: float(value) for name, value in re.findall(r"^([^#\s]+(?:\{.*\})?) (\S+)$", page, re.M)}

    def stop(self) -> int:
        """Stop gracefully; the exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(30)


@pytest.fixture
def provider() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


@pytest.fixture
def start(
    database_url: str, provider: OpenAIServer, tmp_path: Path, free_port: int
) -> Iterator[Callable[..., Api]]:
    """Starts the api, and waits until it answers."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "QDRANT_URL": "http://127.0.0.1:1",
        "EMBEDDING_PROVIDER": "openai",
        "OPENAI_BASE_URL": provider.url,
        "OPENAI_DIMENSIONS": "32",
        "LOG_FORMAT": "json",
        "API_PORT": str(free_port),
        "API_SEARCH_TIMEOUT_SECONDS": "20",
    }
    started: list[Api] = []

    def make(**changes: str) -> Api:
        api = Api(environment | changes, tmp_path / "log")
        started.append(api)
        api.wait_for(api.answers, "The api does not answer")
        return api

    yield make
    for api in started:
        api.stop()


def served_by_two(start: Callable[..., Api]) -> Api:
    api = start(API_PROCESSES="2")
    api.wait_for(lambda: len(api.children()) == 2, "There are no two processes")
    # Both have started when both have logged it.
    api.wait_for(lambda: len(api.lines("Application startup complete.")) == 2, "Not both have started")
    return api


def test_each_process_tells_the_numbers_of_both(start: Callable[..., Api]) -> None:
    api = served_by_two(start)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: api.get("/version"), range(80)))
    assert {answer.status_code for answer in answers} == {200}
    counted = 'robolearn_http_requests_total{method="GET",route="/version",status="200"}'
    seen = [api.numbers() for _ in range(10)]
    assert {numbers[counted] for numbers in seen} == {80.0}
    # The one request in flight is the one that asks.
    assert {numbers["robolearn_http_requests_in_flight"] for numbers in seen} == {1.0}
    assert seen[0]['robolearn_http_request_seconds_count{method="GET",route="/version"}'] == 80


def test_a_process_that_dies_is_replaced_and_its_requests_stay_counted(start: Callable[..., Api]) -> None:
    api = served_by_two(start)
    for _ in range(20):
        api.get("/version")
    before = set(api.children())
    os.kill(min(before), signal.SIGKILL)
    api.wait_for(lambda: len(set(api.children()) - before) == 1, "Nobody took its place")
    api.wait_for(lambda: len(api.lines("Application startup complete.")) == 3, "The new one has not started")
    counted = 'robolearn_http_requests_total{method="GET",route="/version",status="200"}'
    numbers = api.numbers()
    assert numbers[counted] == 20
    assert numbers["robolearn_http_requests_in_flight"] == 1


def test_a_process_that_dies_while_it_is_asked_is_replaced_at_once(start: Callable[..., Api]) -> None:
    api = served_by_two(start)
    before = set(api.children())
    os.kill(min(before), signal.SIGSTOP)
    time.sleep(2)  # the supervisor asks each in turn, again and again: it waits for this one's answer now
    os.kill(min(before), signal.SIGKILL)
    died = time.monotonic()
    api.wait_for(lambda: len(set(api.children()) - before) == 1, "Nobody took its place")
    assert time.monotonic() - died < SILENCE_SECONDS / 2


@pytest.mark.parametrize("serve", [lambda start: start(), served_by_two], ids=["one", "two"])
def test_a_request_under_way_is_answered_when_the_api_is_told_to_stop(
    start: Callable[..., Api],
    provider: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    serve: Callable[[Callable[..., Api]], Api],
) -> None:
    asked, embed = Event(), provider.embedder.embed

    def slow(texts: list[str]) -> Vectors:
        asked.set()
        time.sleep(SLOW_SECONDS)
        return embed(texts)

    monkeypatch.setattr(provider.embedder, "embed", slow)
    api = serve(start)
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(api.get, "/api/v1/search", params={"q": "drift"})
        assert asked.wait(20)
        began = time.monotonic()
        api.process.terminate()
        api.wait_for(lambda: not api.answers(), "It takes new requests")
        assert time.monotonic() - began < SLOW_SECONDS
        assert answer.result(20).status_code == 200
    api.process.wait(20)


def test_all_processes_end_with_their_supervisor(start: Callable[..., Api]) -> None:
    api = served_by_two(start)
    children = api.children()
    assert api.stop() == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def test_what_keeps_one_from_starting_is_told_once(
    start: Callable[..., Api], tmp_path: Path, free_port: int
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "robolearn_api"],
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": "postgresql://nowhere/x",
            "QDRANT_URL": "http://127.0.0.1:1",
            "EMBEDDING_MODEL_DIR": str(tmp_path / "none"),
            "API_PORT": str(free_port),
            "API_PROCESSES": "3",
            "LOG_LEVEL": "ERROR",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 78
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert ended.stderr.startswith("robolearn: EMBEDDING_MODEL_DIR: there is no embedding model in")


def test_the_client_and_its_request_id_come_from_a_trusted_proxy_only(start: Callable[..., Api]) -> None:
    headers = {"X-Forwarded-For": "203.0.113.7", "X-Request-ID": "proxy-1"}
    api = start(API_TRUSTED_PROXIES="10.0.0.0/8,127.0.0.1")
    assert api.get("/version", headers=headers).headers["X-Request-ID"] == "proxy-1"
    api.wait_for(lambda: bool(api.lines("request")), "There is no line")
    (line,) = api.lines("request")
    assert (line["client"], line["request_id"]) == ("203.0.113.7", "proxy-1")


def test_a_client_that_is_no_proxy_is_not_believed(start: Callable[..., Api]) -> None:
    api = start(API_TRUSTED_PROXIES="10.0.0.0/8")
    api.get("/version", headers={"X-Forwarded-For": "203.0.113.7"})
    api.wait_for(lambda: bool(api.lines("request")), "There is no line")
    assert [line["client"] for line in api.lines("request")] == ["127.0.0.1"]


def test_the_healthcheck_asks_the_api_that_runs(start: Callable[..., Api]) -> None:
    api = start(API_HOST="0.0.0.0")
    checked = subprocess.run(
        [sys.executable, "-m", "robolearn_api", "healthcheck"],
        env=api.environment | {"API_HOST": "0.0.0.0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
