"""What every exchange gets: request id, headers, compression, a line in the log."""

import json
import time

import httpx
import pytest

from .conftest import trust


@pytest.mark.parametrize("given", ["abc-1", "A.b_c:/+=@-", "x" * 128])
def test_a_sane_request_id_is_passed_on_and_answered(client, replica, given):
    answer = client.get("/", headers={"X-Request-ID": given})
    assert answer.headers.get_list("x-request-id") == [given]
    assert replica.requests[-1][2]["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "x" * 129, 'a"b', "a b", "a;b"])
def test_another_request_id_is_made_anew(client, replica, given):
    answer = client.get("/", headers={"X-Request-ID": given})
    made = answer.headers["x-request-id"]
    assert len(made) == 32
    assert replica.requests[-1][2]["x-request-id"] == made


def test_the_api_answers_with_our_request_id_once(client):
    assert client.get("/problem", headers={"X-Request-ID": "one"}).headers.get_list("x-request-id") == ["one"]


def test_security_headers_are_there_once(client):
    headers = client.get("/").headers
    expected = {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "strict-transport-security": "max-age=31536000",
    }
    assert {name: headers.get_list(name) for name in expected} == {name: [v] for name, v in expected.items()}


def test_what_the_api_says_stands(client):
    assert client.get("/problem").headers.get_list("content-security-policy") == ["default-src 'self'"]


def test_headers_come_with_errors_of_nginx_too(client):
    headers = client.get("/metrics").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "default-src 'none'" in headers["content-security-policy"]


def test_no_version_is_told(client):
    assert client.get("/").headers["server"] in {"nginx", "BaseHTTP/0.6"}
    assert client.get("/metrics").headers["server"] == "nginx"


def test_text_is_compressed(client, replica):
    answer = client.get("/json", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.json()[0] == "the robot drifts"
    assert "accept-encoding" not in replica.requests[-1][2]


def test_who_asks_is_told_to_the_api_and_cannot_be_claimed(client, replica):
    client.get(
        "/", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "Forwarded": "for=x"}
    )
    seen = replica.requests[-1][2]
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "https"
    assert "forwarded" not in seen


def test_a_trusted_proxy_speaks_for_its_clients(replica, start):
    gateway = start(TRUSTED_PROXIES="10.0.0.0/8 127.0.0.1")
    balanced = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto": "https"}
    answer = httpx.get(f"{gateway.http}/", headers=balanced)
    assert answer.status_code == 200
    assert "strict-transport-security" in answer.headers
    assert replica.requests[-1][2]["x-forwarded-for"] == "203.0.113.9"
    assert replica.requests[-1][2]["x-forwarded-proto"] == "https"


def test_each_request_is_one_line_of_json_without_its_question(client, gateway):
    client.get("/api/v1/courses?q=private", headers={"X-Request-ID": "line-1", "User-Agent": 'a "b"'})
    line = json.loads(_line(gateway, "line-1"))
    assert line["path"] == "/api/v1/courses"
    assert (line["status"], line["method"], line["upstream_status"]) == (200, "GET", "200")
    assert (line["agent"], line["client"]) == ('a "b"', "127.0.0.1")
    assert "private" not in gateway.log


def _line(gateway, request_id):
    """The line, which is written after the answer."""
    for _ in range(100):
        found = [line for line in gateway.log.splitlines() if request_id in line]
        if found:
            return found[0]
        time.sleep(0.02)
    raise AssertionError(gateway.log)


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/metrics/",
        "//metrics",
        "/%6Detrics",
        "/metrics?x=1",
        "/metrics/x",
        "/x/../metrics",
        "/metrics%2F",
    ],
)
def test_metrics_are_not_public(client, replica, path):
    before = len(replica.requests)
    connection = httpx.Request("GET", client.base_url.join("/"))
    connection.url = connection.url.copy_with(raw_path=path.encode())
    assert client.send(connection).status_code == 404
    assert len(replica.requests) == before


def test_metrics_are_not_public_to_a_client_that_asks_for_events(client):
    assert client.get("/metrics", headers={"Accept": "text/event-stream"}).status_code == 404


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/health"])
def test_probes_are_public(client, path):
    assert client.get(path).status_code == 200


def test_the_health_check_needs_no_api(gateway):
    assert httpx.get(f"{gateway.status}/nginx-health").text == "ok\n"


def test_development_is_plain_http_for_any_host_and_shares_the_rest(replica, start):
    gateway = start("development")
    answer = httpx.get(f"{gateway.http}/", headers={"Host": "any.example", "X-Request-ID": "dev"})
    assert (answer.status_code, answer.headers["x-request-id"]) == (200, "dev")
    assert "strict-transport-security" not in answer.headers
    assert httpx.get(f"{gateway.http}/metrics").json()["status"] == 404


def test_http_2_is_spoken(gateway, replica):
    with httpx.Client(http2=True, verify=trust(gateway)) as client:
        assert client.get(gateway.https).http_version == "HTTP/2"
    assert replica.requests[-1][2]["host"] == gateway.https.removeprefix("https://")
