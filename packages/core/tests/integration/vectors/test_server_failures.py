"""A Qdrant server that is away, slow or unwilling: each is told by the setting that names it."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from uuid import uuid4

import numpy as np
import pytest
from pydantic import SecretStr

from robolearn.domain.errors import IndexUnavailable, SettingsError
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import SearchFilters
from robolearn.domain.work import PassagePayload
from robolearn.ports.embedding import SparseVector
from robolearn.ports.index import Point
from robolearn.settings import QdrantSettings
from robolearn.vectors.qdrant import QdrantIndex

PROFILE = EmbeddingProfile("fake", "model", 2)


@contextmanager
def answering(status: int, *, result: object = None, after: Event | None = None) -> Iterator[str]:
    """URL of a server that answers everything with `status` and `result`, once `after` is set."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            if after:
                after.wait(30)
            told = {"result": result, "status": "ok"} if result else {"status": {"error": "as told"}}
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        if after:
            after.set()
        server.shutdown()
        thread.join()
        server.server_close()


def search(settings: QdrantSettings) -> None:
    index = QdrantIndex(settings)
    try:
        index.search(PROFILE, dense=np.ones(2, np.float32), sparse=None, filters=SearchFilters(), limit=3)
    finally:
        index.close()


def test_refused_connection_names_the_url() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(IndexUnavailable, match=rf"QDRANT_URL \(http://127.0.0.1:{port}\) cannot be reached"):
        search(QdrantSettings(url=f"http://127.0.0.1:{port}"))


def test_slow_server_names_the_timeout() -> None:
    with (
        answering(200, after=Event()) as url,
        pytest.raises(IndexUnavailable, match=r"not answer in time.*QDRANT_TIMEOUT_SECONDS"),
    ):
        search(QdrantSettings(url=url, timeout_seconds=1))


@pytest.mark.parametrize("status", [401, 403])
def test_wrong_key_names_the_key_and_does_not_show_it(status: int) -> None:
    with answering(status) as url, pytest.raises(IndexUnavailable, match="QDRANT_API_KEY") as caught:
        search(QdrantSettings(url=url, api_key=SecretStr("not-to-be-told")))
    assert "not-to-be-told" not in str(caught.value)


@pytest.mark.parametrize("status", [400, 429, 500, 503])
def test_other_refusals_tell_status_and_reason(status: int) -> None:
    with answering(status) as url, pytest.raises(IndexUnavailable, match=rf"status {status}.*as told"):
        search(QdrantSettings(url=url))


def test_absent_collection_is_unavailable_for_a_search_and_empty_for_a_count() -> None:
    with answering(404) as url:
        with pytest.raises(IndexUnavailable, match="no collection"):
            search(QdrantSettings(url=url))
        index = QdrantIndex(QdrantSettings(url=url))
        assert index.count(PROFILE) == 0
        assert list(index.passage_ids(PROFILE)) == []
        index.close()


def test_a_server_that_is_no_qdrant_is_unavailable() -> None:
    with answering(200) as url, pytest.raises(IndexUnavailable, match="QDRANT_URL"):
        search(QdrantSettings(url=url))


def test_neither_or_both_places_is_a_settings_error() -> None:
    for settings in (QdrantSettings(), QdrantSettings.model_validate({"url": "http://q", "path": "x"})):
        with pytest.raises(SettingsError, match="QDRANT_URL and QDRANT_PATH"):
            QdrantIndex(settings)


@pytest.mark.parametrize("kind", ["upsert", "remove"])
def test_invariant_4_a_write_that_is_taken_but_not_applied_is_no_acknowledgement(kind: str) -> None:
    with answering(200, result={"operation_id": 1, "status": "acknowledged"}) as url:
        index = QdrantIndex(QdrantSettings(url=url))
        with pytest.raises(IndexUnavailable, match="not applied it in time"):
            write(index, kind)
        index.close()


def write(index: QdrantIndex, kind: str) -> None:
    if kind == "remove":
        return index.remove(PROFILE, [uuid4()])
    payload = PassagePayload("course", uuid4(), None, "en", (), (), ())
    return index.upsert(PROFILE, [Point(uuid4(), np.ones(2, np.float32), SparseVector((), ()), payload)])
