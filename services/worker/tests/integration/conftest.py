"""Worker and beat as processes, on Redis, PostgreSQL and a provider by HTTP."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from robolearn.testing.openai_server import OpenAIServer

Until = Callable[..., None]


@pytest.fixture
def provider() -> Iterator[OpenAIServer]:
    with OpenAIServer(32) as server:
        yield server


@pytest.fixture
def environment(provider: OpenAIServer, redis_url: str, database_url: str, tmp_path: Path) -> dict[str, str]:
    settings = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "QDRANT_PATH": str(tmp_path / "qdrant"),
        "EMBEDDING_PROVIDER": "openai",
        "OPENAI_BASE_URL": provider.url,
        "OPENAI_MODEL": "stub",
        "OPENAI_DIMENSIONS": "32",
        "WORKER_EMBED_EVERY_SECONDS": "0.3",
        "WORKER_REMOVE_EVERY_SECONDS": "0.3",
        "WORKER_HEARTBEAT_FILE": str(tmp_path / "heartbeat.json"),
    }
    return {"PATH": os.environ["PATH"], **settings}


class Run:
    """Starts commands, and ends them whatever happens."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder
        self.stack = ExitStack()

    def start(self, command: str) -> "subprocess.Popen[str]":
        log = self.stack.enter_context((self.folder / f"{command}.log").open("w"))
        process = subprocess.Popen(
            [sys.executable, "-m", "robolearn_worker", command],
            env=self.environment,
            cwd=self.folder,
            stderr=log,
            stdout=log,
            text=True,
        )
        self.stack.callback(process.wait, 30)
        self.stack.callback(process.kill)
        return process

    def run(self, command: str, **changes: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "robolearn_worker", command],
            env={**self.environment, **changes},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def commands(environment: dict[str, str], tmp_path: Path) -> Iterator[Run]:
    run = Run(environment, tmp_path)
    with run.stack:
        yield run


@pytest.fixture
def until() -> Until:
    """Wait for the condition; fail when the time is up."""

    def waited(condition: Callable[[], bool], seconds: float = 60.0) -> None:
        deadline, pause = time.monotonic() + seconds, threading.Event()
        while not condition():
            assert time.monotonic() < deadline, "the condition did not come true in time"
            pause.wait(0.02)

    return waited
