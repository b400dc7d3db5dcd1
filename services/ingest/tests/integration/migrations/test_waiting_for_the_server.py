"""A PostgreSQL that is still starting is waited for, one that refuses is not."""

import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from robolearn.domain.errors import DatabaseUnavailable
from robolearn_ingest.migrations import wait_for_server


def _forward(listener: socket.socket, to: tuple[str, int]) -> None:
    """Hand one connection on to the server, both ways, until either side closes it."""
    inner, _ = listener.accept()
    outer = socket.create_connection(to)
    for source, target in ((inner, outer), (outer, inner)):
        threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with source, target:
        while data := source.recv(65536):
            target.sendall(data)


def test_a_server_that_starts_late_is_waited_for(empty_database: str) -> None:
    parts = urlsplit(empty_database)
    assert parts.hostname
    assert parts.port
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))  # refuses connections until it listens
        late = parts._replace(
            netloc=f"{parts.username}:{parts.password}@127.0.0.1:{listener.getsockname()[1]}"
        ).geturl()
        starting = threading.Timer(
            1.2, lambda: (listener.listen(), _forward(listener, (parts.hostname, parts.port)))
        )
        starting.start()
        started = time.monotonic()
        wait_for_server(late, 30)
        assert 1.0 < time.monotonic() - started < 10
        starting.join()


def test_a_server_that_never_comes_is_told_in_the_end() -> None:
    with pytest.raises(DatabaseUnavailable, match="Connection refused"):
        wait_for_server("postgresql://user@127.0.0.1:1/none", 0.8)


@pytest.mark.parametrize("wrong", ["password", "database"])
def test_a_refusal_is_not_waited_for(wrong: str, empty_database: str) -> None:
    parts = urlsplit(empty_database)
    refused = (
        parts._replace(path="/nothing-of-this-name")
        if wrong == "database"
        else parts._replace(netloc=f"{parts.username}:guessed@{parts.hostname}:{parts.port}")
    )
    started = time.monotonic()
    with pytest.raises(DatabaseUnavailable):
        wait_for_server(refused.geturl(), 30)
    assert time.monotonic() - started < 5
