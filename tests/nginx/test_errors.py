"""Errors of nginx itself: problem documents for programs, pages for browsers."""

import base64
import hashlib
import re
import socket

import httpx
import pytest

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def raw(gateway, text):
    """The answer to bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", int(gateway.ports["8080"]))) as connection:
        connection.sendall(text.encode())
        connection.settimeout(5)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer.decode()


def test_an_error_is_a_problem_document(client):
    answer = client.get("/metrics", headers={"X-Request-ID": "mine-1"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "Nothing is at this address.",
        "instance": "/metrics",
        "request_id": "mine-1",
    }


def test_a_browser_gets_a_page_of_ours(client):
    answer = client.get("/metrics", headers={**BROWSER, "X-Request-ID": "mine-2"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept" in answer.headers.get_list("vary")
    assert "<h1>There is nothing here</h1>" in answer.text
    assert "Request id: mine-2" in answer.text
    assert "nginx" not in answer.text


def test_the_page_is_complete_in_itself_and_its_policy_lets_its_style_through(client):
    answer = client.get("/metrics", headers=BROWSER)
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["content-security-policy"]
    assert not re.search(r"<(script|img|link|iframe)|url\(", answer.text)
    assert "<!--#" not in answer.text
    assert '<html lang="en">' in answer.text


def test_the_api_is_never_answered_with_a_page(client):
    body = b"x" * 1_100_000
    answer = client.post("/api/v1/anything", content=body, headers=BROWSER)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("content", [b"x" * 1_100_000, [b"x" * 100_000] * 11], ids=["told", "found out"])
def test_a_body_above_the_limit_is_413(client, content):
    answer = client.post("/anything", content=content)
    assert (answer.status_code, answer.json()["title"]) == (413, "Content Too Large")


@pytest.mark.parametrize(
    ("sent", "status", "title"),
    [
        ("GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n", 400, "Bad Request"),
        ("GET / HTTP/1.1\r\n\r\n", 400, "Bad Request"),
        ("GET /" + "x" * 9000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "URI Too Long"),
        (
            f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'x' * 9000}\r\n\r\n",
            431,
            "Request Header Fields Too Large",
        ),
        ("TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405, "Method Not Allowed"),
        (
            "GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
            421,
            "Misdirected Request",
        ),
        ("GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", 505, "HTTP Version Not Supported"),
    ],
)
def test_what_is_no_request_is_told_so(gateway, sent, status, title):
    answer = raw(gateway, sent)
    assert answer.startswith(f"HTTP/1.1 {status}"), answer
    assert "application/problem+json" in answer
    assert f'"title":"{title}","status":{status}' in answer


def test_plain_http_on_the_port_of_https_is_400(gateway):
    answer = httpx.get(gateway.https.replace("https", "http"))
    assert (answer.status_code, answer.json()["title"]) == (400, "Bad Request")


@pytest.mark.parametrize("path", ['/"},{"', "/\\x", "/%22", "/<b>", "/é"])
def test_no_path_breaks_the_document(gateway, path):
    answer = raw(gateway, f"TRACE {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    head, _, body = answer.partition("\r\n\r\n")
    assert "405" in head
    assert re.search(r'"instance":"(/%22)?"', body)


def test_the_api_s_own_problem_passes_as_it_is(client):
    answer = client.get("/problem", headers=BROWSER)
    assert (answer.status_code, answer.json()) == (503, {"title": "of the api"})
    assert answer.headers.get_list("retry-after") == ["7"]


def test_error_pages_cannot_be_asked_for(client):
    assert client.get("/_errors/problem.html").status_code == 404
