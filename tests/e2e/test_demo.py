"""The all-in-one process as a newcomer uses it: start, search, stop, start again."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

ROOT = Path(__file__).parents[2]
MODEL = ROOT / ".data" / "models" / "minilm"
COMMAND = [str(Path(sys.executable).parent / "robolearn"), "demo"]
QUESTION = "why does my robot drift"
STOP_SECONDS = 60


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@contextmanager
def _demo(data: Path, port: int) -> Iterator[tuple[httpx.Client, str]]:
    """The running process, once it has printed its address: a client of its api, and what it printed."""
    options = ["--data", str(data), "--curriculum", str(ROOT / "curriculum"), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        COMMAND + options,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment | {"EMBEDDING_MODEL_DIR": str(MODEL), "PYTHONUNBUFFERED": "1"},
    )
    try:
        printed = _until_address(process)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield client, printed
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=STOP_SECONDS)
        assert process.returncode == 0, rest
        assert "Traceback" not in rest
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _until_address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    printed = ""
    for line in process.stdout:
        printed += line
        if "Open http" in line:
            return printed
    raise AssertionError(f"ended before it printed an address:\n{printed}")


def _get(client: httpx.Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _sweeps(data: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (data / "robolearn.log").read_text().splitlines()]
    return [line for line in lines if line["event"] == "sweep.embedded"]


@pytest.mark.timeout(300)
def test_a_newcomer_finds_why_the_robot_drifts_and_a_second_start_embeds_nothing(
    data: Path, port: int
) -> None:
    with _demo(data, port) as (client, printed):
        assert re.search(r"(\d+) of \1 passages are embedded", printed)
        found = _get(client, f"/api/v1/search?q={quote(QUESTION)}")
        assert found["degraded"] is None
        assert found["hits"][0]["lesson"]["title"] == "Wheel odometry and why it drifts"
        status = _get(client, "/api/v1/index/status")
        assert status["agree"], status
        assert status["passages"] == status["embedded"] == status["points"] > 100
        assert "Mobile robot navigation" in client.get("/").text
    embedded = _sweeps(data)
    assert embedded
    with _demo(data, port) as (client, printed):
        assert "nothing had changed" in printed
        assert _get(client, "/api/v1/index/status") | {"oldest_pending_seconds": None} == status
    assert _sweeps(data) == embedded, "the second start embedded something"
    assert not (data / "postgres" / "data" / "postmaster.pid").exists(), "PostgreSQL still runs"


def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [*COMMAND, "--data", str(tmp_path), "--port", port], capture_output=True, text=True, check=False
        )
    assert ended.returncode != 0
    assert f"127.0.0.1:{port}" in ended.stderr
    assert f"PORT={int(port) + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "postgres").exists()
