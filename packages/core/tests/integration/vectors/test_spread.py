"""How a collection is spread over a cluster: what the server is asked for when it is created."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from robolearn.domain.profile import EmbeddingProfile
from robolearn.settings import QdrantSettings
from robolearn.vectors.qdrant import QdrantIndex

PROFILE = EmbeddingProfile("fake", "model", 2)


class Recorder(HTTPServer):
    """Has no collection, and agrees to any."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.created: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    server: Recorder

    def do_GET(self) -> None:
        self._answer({"exists": False, "payload_schema": {}})

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == f"/collections/{PROFILE.collection}":
            self.server.created.append(body)
        self._answer(True)

    def _answer(self, result: object) -> None:
        absent = self.command == "GET" and not self.path.endswith("/exists")
        body = json.dumps({"result": result, "status": "ok", "time": 0}).encode()
        self.send_response(404 if absent else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    server = Recorder()
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def create(recorder: Recorder, **settings: int) -> dict[str, Any]:
    """What a collection is created with."""
    url = f"http://127.0.0.1:{recorder.server_port}"
    index = QdrantIndex(QdrantSettings.model_validate({"url": url, **settings}))
    # The recorder keeps no collection, so that what follows the creation finds none.
    with pytest.raises(Exception, match="no collection"):
        index.ensure(PROFILE)
    index.close()
    (created,) = recorder.created
    return created


def test_shards_and_replicas_are_asked_for(recorder: Recorder) -> None:
    created = create(recorder, shard_number=6, replication_factor=2)
    assert (created["shard_number"], created["replication_factor"]) == (6, 2)


def test_without_them_the_server_decides(recorder: Recorder) -> None:
    created = create(recorder)
    assert created.get("shard_number") is created.get("replication_factor") is None
