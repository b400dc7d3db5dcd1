"""What every answer gets: ids, headers, counts, log lines, 304 and HEAD."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Response
from fastapi.testclient import TestClient

from robolearn.observability import get_logger
from robolearn_api.envelope import Envelope
from robolearn_api.metrics import Metrics
from robolearn_api.problems import handle_problems


def _app(*, debug: bool = False) -> FastAPI:
    app = FastAPI(debug=debug)
    app.state.metrics = Metrics()
    app.add_middleware(Envelope, metrics=app.state.metrics, access_log=True)
    handle_problems(app)

    @app.get("/things/{name}")
    def thing(name: str) -> Response:
        get_logger("test").info("seen")
        return Response(name, headers={"ETag": f'"{name}"', "Cache-Control": "no-cache"})

    @app.get("/fault")
    def fault() -> Response:
        raise ZeroDivisionError("secret of the house")

    @app.get("/busy")
    def busy() -> Response:
        raise HTTPException(429, "Too many questions.", {"Retry-After": "7"})

    @app.get("/livez")
    def livez() -> Response:
        return Response("ok")

    return app


@pytest.fixture
def app() -> FastAPI:
    return _app()


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def test_a_sane_request_id_is_taken_over(client: TestClient) -> None:
    answer = client.get("/things/a", headers={"X-Request-ID": "edge-1:2/3"})
    assert answer.headers["X-Request-ID"] == "edge-1:2/3"


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "a\tb", "<script>", "a\xe9"])
def test_any_other_request_id_is_replaced(client: TestClient, given: str) -> None:
    answer = client.get("/things/a", headers={"X-Request-ID": given.encode("latin-1")})
    assert len(answer.headers["X-Request-ID"]) == 32


def test_handlers_in_threads_log_the_request_id(client: TestClient, lines: list[dict[str, Any]]) -> None:
    client.get("/things/a", headers={"X-Request-ID": "abc"})
    assert [(line["event"], line["request_id"]) for line in lines] == [("seen", "abc"), ("request", "abc")]


def test_a_request_is_one_line_without_its_query(client: TestClient, lines: list[dict[str, Any]]) -> None:
    client.get("/things/a?q=private")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["route"], line["status"]) == (
        "GET",
        "/things/a",
        "/things/{name}",
        200,
    )
    assert "private" not in str(line)


def test_probes_are_not_logged(client: TestClient, lines: list[dict[str, Any]]) -> None:
    client.get("/livez")
    assert lines == []


@pytest.mark.parametrize("path", ["/things/a", "/nowhere", "/fault", "/busy"])
def test_security_headers_are_on_everything(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("known", ['"a"', 'W/"a"', '"x", "a"', "*"])
def test_what_the_client_has_is_not_sent_again(client: TestClient, known: str) -> None:
    answer = client.get("/things/a", headers={"If-None-Match": known})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == '"a"'
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Content-Length" not in answer.headers


def test_what_has_changed_is_sent(client: TestClient) -> None:
    answer = client.get("/things/a", headers={"If-None-Match": '"b"'})
    assert (answer.status_code, answer.text) == (200, "a")


def test_head_is_get_without_a_body(client: TestClient) -> None:
    answer = client.head("/things/abc")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == "3"


def test_a_fault_is_a_problem_that_tells_nothing(client: TestClient, lines: list[dict[str, Any]]) -> None:
    answer = client.get("/fault", headers={"X-Request-ID": "abc"})
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"] == "abc"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert [line["event"] for line in lines] == ["request.failed", "request"]


def test_debug_shows_the_traceback() -> None:
    with TestClient(_app(debug=True)) as client:
        assert "ZeroDivisionError: secret of the house" in client.get("/fault").json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("POST", "/things/a", 405), ("GET", "/busy", 429)],
)
def test_every_error_is_a_problem_document(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    document = answer.json()
    assert answer.status_code == document["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert document["instance"] == path
    assert {"type", "title", "detail", "request_id"} <= document.keys()


def test_headers_of_an_error_survive(client: TestClient) -> None:
    assert client.get("/busy").headers["Retry-After"] == "7"
    assert client.post("/things/a").headers["Allow"] == "GET"


def test_requests_are_counted_by_template(client: TestClient, app: FastAPI) -> None:
    for path in ("/things/a", "/things/b", "/nowhere/1", "/nowhere/2"):
        client.get(path)
    client.request("BREW", "/things/a")
    page = app.state.metrics.page().decode()
    assert 'robolearn_http_requests_total{method="GET",route="/things/{name}",status="200"} 2.0' in page
    assert 'robolearn_http_requests_total{method="GET",route="unmatched",status="404"} 2.0' in page
    assert 'method="OTHER"' in page
    assert "BREW" not in page
    assert "robolearn_http_requests_in_flight 0.0" in page
