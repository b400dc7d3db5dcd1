"""A server that speaks OpenAI's embeddings protocol on loopback, and fails as it is told to."""

import json
from base64 import b64encode
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

import numpy as np

from robolearn.domain.errors import EmbeddingRejected, EmbeddingThrottled, EmbeddingUnavailable
from robolearn.testing.embedding import FakeEmbedder

JSON = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """An answer in place of the right one. `body` is sent as it is if it is text."""

    status: int
    body: JSON | str = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


HANG = Answer(0)
"""No answer until the server is closed."""


def refusal(
    status: int, message: str = "no", headers: Mapping[str, str] | None = None, **error: str
) -> Answer:
    """An error in OpenAI's form: `code`, `type` and `param` are what the client sorts by."""
    return Answer(status, {"error": {"message": message, **error}}, headers or {})


class OpenAIServer:
    """Serves `url` until closed; a context manager. The vectors, and failures on demand, are `embedder`'s.

    `requests` keeps the bodies received, `script(...)` queues answers for the next requests. With an
    `api_key`, other keys get a 401; `base64=False` sends numbers even if base64 is asked for.
    """

    def __init__(
        self, dimensions: int = 32, *, api_key: str | None = None, base64: bool = True, port: int = 0
    ) -> None:
        self.embedder = FakeEmbedder(dimensions)
        self.api_key = api_key
        self.base64 = base64
        self.requests: list[JSON] = []
        self.closing = Event()
        self._script: deque[Answer] = deque()
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.stub = self
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def script(self, *answers: Answer) -> None:
        """Give these answers, one to each of the next requests."""
        self._script.extend(answers)

    def answer(self, path: str, key: str, request: JSON) -> Answer:
        """The answer to one request."""
        self.requests.append(request)
        if self._script:
            return self._script.popleft()
        if path != "/v1/embeddings":
            return refusal(404, f"There is nothing at {path}")
        if self.api_key and key != f"Bearer {self.api_key}":
            return refusal(401, "Incorrect API key provided", code="invalid_api_key")
        return self._embedded(request)

    def close(self) -> None:
        """Stop serving; requests that hang are dropped."""
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _embedded(self, request: JSON) -> Answer:
        given = request["input"]
        texts = [given] if isinstance(given, str) else given
        if not all(texts):
            return refusal(400, "'$.input' is invalid: a text is empty", type="invalid_request_error")
        try:
            vectors = self.embedder.embed(texts)
        except EmbeddingThrottled as error:
            wait = {} if error.retry_after is None else {"Retry-After": f"{error.retry_after:g}"}
            return refusal(429, error.reason, wait, code="rate_limit_exceeded")
        except EmbeddingUnavailable as error:
            return refusal(503, error.reason)
        except EmbeddingRejected as error:
            return refusal(400, error.reason, type="invalid_request_error")
        coded = self.base64 and request.get("encoding_format") == "base64"
        # Backwards: the protocol promises an index, not an order.
        rows = [_row(place, vector, coded) for place, vector in enumerate(vectors)][::-1]
        used = sum(map(self.embedder.count_tokens, texts))
        usage = {"prompt_tokens": used, "total_tokens": used}
        return Answer(200, {"object": "list", "model": request["model"], "data": rows, "usage": usage})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stub: OpenAIServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        request = json.loads(self.rfile.read(length))
        answer = self.server.stub.answer(self.path, self.headers.get("Authorization", ""), request)
        if answer is HANG:
            self.server.stub.closing.wait()
            self.close_connection = True
            return
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        kind = "text/html" if isinstance(answer.body, str) else "application/json"
        self.send_response(answer.status)
        for name, value in {"Content-Type": kind, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing: tests read what they need from `requests`."""


def _row(place: int, vector: np.ndarray, coded: bool) -> JSON:
    # Three times unit length, as servers other than OpenAI's may send.
    longer = (vector * 3).astype("<f4")
    sent = b64encode(longer.tobytes()).decode() if coded else longer.tolist()
    return {"object": "embedding", "index": place, "embedding": sent}
