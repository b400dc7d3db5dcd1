"""What Docker is told about the health of the api."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

HEAVY = ("fastapi", "pydantic", "uvicorn", "robolearn.settings")


@pytest.fixture
def answer() -> Iterator[Callable[[int, object], int]]:
    """Starts a server that answers /health so; its port."""
    servers: list[tuple[HTTPServer, Thread]] = []

    def start(status: int, told: object) -> int:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps(told).encode()
                self.send_response(status if self.path == "/health" else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        servers.append((server, thread))
        return server.server_port

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def check(*arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and standard error."""
    ended = subprocess.run(
        [sys.executable, "-m", "robolearn_api", "healthcheck", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", ""])
def test_a_healthy_api_is_silent(answer: Callable[[int, object], int], host: str) -> None:
    assert check(API_PORT=str(answer(200, {})), API_HOST=host) == (0, "")


def test_without_its_index_the_api_is_well_enough(answer: Callable[[int, object], int]) -> None:
    told = {"status": "degraded", "dependencies": {"index": {"state": "down", "reason": "Away."}}}
    assert check(API_PORT=str(answer(200, told))) == (0, "")


def test_what_is_down_is_named_in_one_line(answer: Callable[[int, object], int]) -> None:
    told = {
        "status": "down",
        "dependencies": {
            "database": {"state": "down", "reason": "PostgreSQL does not answer."},
            "index": {"state": "ok", "reason": None},
        },
    }
    assert check(API_PORT=str(answer(503, told))) == (
        1,
        "robolearn: The api answers with status 503: database: PostgreSQL does not answer.\n",
    )


def test_another_server_on_the_port_gives_no_traceback(answer: Callable[[int, object], int]) -> None:
    code, told = check(API_PORT=str(answer(500, ["no", "idea"])))
    assert (code, told) == (1, "robolearn: The api answers with status 500: it gives no reason.\n")


def test_nobody_there_is_one_line(free_port: int) -> None:
    code, told = check(API_PORT=str(free_port))
    assert code == 1
    assert told.startswith(f"robolearn: The api does not answer at 127.0.0.1:{free_port}: ")
    assert len(told.splitlines()) == 1


def test_a_port_that_is_none_is_named() -> None:
    assert check(API_PORT="http") == (78, "robolearn: API_PORT is wrong: 'http' is no number.\n")


def test_an_unknown_command_shows_the_usage() -> None:
    code, told = check("now")
    assert (code, told) == (2, "usage: python -m robolearn_api [healthcheck]\n")


def test_it_loads_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['api', 'healthcheck']\n"
        "from robolearn_api.__main__ import main\n"
        "try: main()\n"
        "except Exception: pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "API_PORT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "[]\n"
