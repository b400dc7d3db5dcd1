"""Server-sent events arrive one by one."""

import httpx
import pytest


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/events", "text/event-stream"), ("/events?accel", "*/*")],
    ids=["asked for", "said by api"],
)
def test_events_are_not_held_back(client, replica, path, accept):
    replica.go_on.clear()
    asked = {"Accept": accept, "Accept-Encoding": "gzip"}
    with client.stream("GET", path, headers=asked) as answer:
        parts = answer.iter_raw()
        assert next(parts) == b"data: 0\n\n"
        replica.go_on.set()
        assert b"".join(parts) == b"data: 1\n\ndata: 2\n\n"
    assert "content-encoding" not in answer.headers
    assert replica.requests[-1][1] == path


def test_an_error_of_a_stream_is_a_problem_too(start):
    gateway = start("development", API_UPSTREAM="127.0.0.1:9")
    answer = httpx.get(f"{gateway.http}/events", headers={"Accept": "text/event-stream"})
    assert (answer.status_code, answer.json()["title"]) == (502, "Bad Gateway")
