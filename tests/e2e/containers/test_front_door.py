"""A course goes into production and is found through nginx, over TLS; many learners at once are answered."""

from pathlib import Path

import httpx

from . import asking, courses, visiting
from .load import Load
from .patience import until
from .stack import Stack


def test_a_course_is_found_over_tls(production: Stack, learner: httpx.Client, tmp_path: Path) -> None:
    pages = {"zorbling": "A zorbling coupler locks when its cam is turned."}
    asking.ingest(production, courses.Course(tmp_path / "couplers", pages))
    until(lambda: visiting.titles(learner, "zorbling coupler"), lambda found: "Zorbling" in found)
    until(
        lambda: visiting.get(learner, "/api/v1/index/status"),
        lambda told: told["agree"] and told["points"] == told["passages"] == 1,
    )


def test_all_of_many_requests_are_answered(production: Stack) -> None:
    trust = visiting.trusting(production)
    with Load(lambda: visiting.client(production, trust), "/api/v1/courses", visitors=2) as load:
        until(lambda: load.sent, lambda sent: sent >= 50)
    assert not load.failures, load.failures


def test_another_certificate_is_not_trusted(production: Stack) -> None:
    with httpx.Client() as client:
        try:
            client.get(f"https://localhost:{production.place.https}/")
        except httpx.ConnectError as error:
            assert "CERTIFICATE_VERIFY_FAILED" in str(error)
            return
    raise AssertionError("a self-signed certificate was trusted by a client that does not know it")
