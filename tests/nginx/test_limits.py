"""Limits by address, stricter for searches, and of bodies."""

import httpx
import pytest

from .conftest import trust


@pytest.fixture(scope="module")
def limited(replica, start):
    """A gateway that lets through little: 1 + burst requests at once."""
    return start(
        RATE_GENERAL="1r/m", BURST_GENERAL="8", RATE_SEARCH="1r/m", BURST_SEARCH="1", BODY_LIMIT="2k"
    )


def test_searches_and_then_everything_above_the_limits_is_429(limited):
    with httpx.Client(base_url=limited.https, verify=trust(limited)) as client:
        searched = [client.get(path) for path in ("/search?q=a", "/api/v1/search?q=a", "/api/v1/search?q=b")]
        assert [one.status_code for one in searched] == [200, 200, 429]
        assert client.post("/", content=b"x" * 3000).status_code == 413
        last = [client.get("/courses") for _ in range(12)][-1]
    assert searched[2].headers["retry-after"] == "1"
    assert searched[2].json()["title"] == "Too Many Requests"
    assert (last.status_code, last.headers["content-type"]) == (429, "application/problem+json")
