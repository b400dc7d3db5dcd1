"""The api in development: a change of the program is served without a restart by hand."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

import robolearn
import robolearn_api

PATIENCE_SECONDS = 60


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the program that the test may change."""
    for package in (robolearn, robolearn_api):
        (folder,) = package.__path__
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(folder, tmp_path / "src" / package.__name__, ignore=ignored)
    return tmp_path / "src"


@pytest.fixture
def ask(sources: Path, database_url: str, free_port: int, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Asks an api that reloads for its version's name; nothing while it is not there."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(sources),
        "DATABASE_URL": database_url,
        "QDRANT_URL": "http://127.0.0.1:1",
        "EMBEDDING_PROVIDER": "openai",
        "OPENAI_BASE_URL": "http://127.0.0.1:1",
        "API_PORT": str(free_port),
        "API_RELOAD": "true",
    }

    def answer() -> str:
        try:
            return str(httpx.get(f"http://127.0.0.1:{free_port}/version", timeout=1).json()["name"])
        except httpx.TransportError:
            return ""

    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "robolearn_api"], env=environment, stderr=log)
    yield answer
    process.terminate()
    process.wait(30)


def wait_for(ask: Callable[[], str], name: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while ask() != name:
        assert time.monotonic() < deadline, f"{name} is not served"
        time.sleep(0.05)


def test_a_change_is_served_even_after_one_that_cannot_start(ask: Callable[[], str], sources: Path) -> None:
    wait_for(ask, "robolearn-api")
    probes = sources / "robolearn_api" / "probes.py"
    program = probes.read_text()
    probes.write_text("this is no program")
    wait_for(ask, "")
    probes.write_text(program.replace('name="robolearn-api"', 'name="changed"'))
    wait_for(ask, "changed")
