"""What operators and orchestrators see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from robolearn.domain.errors import DatabaseUnavailable, IndexUnavailable, SchemaMismatch
from robolearn.domain.work import ClaimedPassage
from robolearn.ports.index import Point

STATUS = "/api/v1/index/status"
AWAY = DatabaseUnavailable("connection to db.internal as robotics_user failed", "Check DATABASE_URL.")


def states(api: TestClient) -> dict[str, str]:
    return {name: one["state"] for name, one in api.get("/health").json()["dependencies"].items()}


def test_all_is_well(api: TestClient) -> None:
    answer = api.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert states(api) == {"database": "ok", "index": "ok", "embedding": "ok"}


def test_without_the_index_it_is_degraded_and_still_serves(api: TestClient, world: Any) -> None:
    world.index.outage = IndexUnavailable("http://qdrant.internal refused")
    answer = api.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert states(api)["index"] == "down"
    assert "internal" not in answer.text


def test_before_the_first_index_it_is_degraded(api: TestClient, world: Any) -> None:
    world.index.alias = None
    assert api.get("/health").json()["status"] == "degraded"


def test_a_provider_that_failed_the_last_question_is_down_until_it_answers_one(
    api: TestClient, world: Any
) -> None:
    world.embedder.unavailable = True
    api.get("/api/v1/search", params={"q": "robot"})
    assert states(api)["embedding"] == "down"
    world.embedder.unavailable = False
    api.get("/api/v1/search", params={"q": "robot"})
    assert states(api)["embedding"] == "ok"


def test_health_asks_the_provider_nothing(api: TestClient, world: Any) -> None:
    calls = world.embedder.calls
    api.get("/health")
    assert world.embedder.calls == calls


@pytest.mark.parametrize("path", ["/health", "/readyz"])
def test_without_the_database_it_cannot_serve(api: TestClient, world: Any, path: str) -> None:
    world.database_error = AWAY
    answer = api.get(path)
    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert "PostgreSQL does not answer." in answer.text
    assert "internal" not in answer.text
    assert "robotics_user" not in answer.text


def test_at_another_revision_it_is_not_ready(api: TestClient, world: Any) -> None:
    world.database_error = SchemaMismatch("The database is at revision a, and this program needs b.")
    answer = api.get("/readyz")
    assert answer.status_code == 503
    assert "revision a" in answer.json()["reason"]


def test_it_is_alive_whatever_else_is_not(api: TestClient, world: Any) -> None:
    world.database_error, world.index.outage = AWAY, IndexUnavailable("gone")
    assert api.get("/livez").json()["status"] == "ok"


def test_it_is_ready_without_index_and_provider(api: TestClient, world: Any) -> None:
    world.embedder.unavailable, world.index.outage = True, IndexUnavailable("gone")
    assert api.get("/readyz").status_code == 200


def test_the_version_is_told(api: TestClient) -> None:
    assert api.get("/version").json()["name"] == "robolearn-api"


def test_metrics_are_in_the_format_that_prometheus_reads(api: TestClient) -> None:
    api.get("/livez")
    answer = api.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'robolearn_http_request_seconds_count{method="GET",route="/livez"} 1.0' in answer.text


def test_adapters_that_are_given_are_not_closed(build: Callable[[Any], FastAPI], world: Any) -> None:
    with TestClient(build(world)):
        pass
    assert world.closed == []
    world.adapters().close()
    assert world.closed == ["index", "pool"]


def index_two_of_three(world: Any) -> list[ClaimedPassage]:
    profile, ledger = world.embedder.profile, world.ledger
    world.index.collections[profile.collection].clear()
    ledger.register(profile)
    for text in ("one", "two", "three"):
        ledger.put(text)
    ledger.enrol(profile)
    done: list[ClaimedPassage] = ledger.claim(profile, "me", 2, timedelta(minutes=1))
    world.index.upsert(
        profile,
        [_point(world, one) for one in done],
    )
    ledger.complete(profile, "me", done)
    return done


def _point(world: Any, one: ClaimedPassage) -> Point:
    (sparse,) = world.sparse.encode([one.text], "en")
    return Point(one.id, world.embedder.embed([one.text])[0], sparse, one.payload)


def test_counts_of_database_and_index_agree(api: TestClient, world: Any) -> None:
    index_two_of_three(world)
    world.ledger.now += timedelta(seconds=30)
    status = api.get(STATUS).json()
    profile = world.embedder.profile
    assert status == {
        "profile": profile.fingerprint,
        "collection": profile.collection,
        "alias": profile.collection,
        "passages": 3,
        "embedded": 2,
        "pending": 1,
        "failed": 0,
        "removals": 0,
        "points": 2,
        "orphans": 0,
        "agree": True,
        "oldest_pending_seconds": 30.0,
        "index_error": None,
    }


def test_a_point_of_a_deleted_passage_is_seen_until_it_is_removed(api: TestClient, world: Any) -> None:
    done = index_two_of_three(world)
    world.ledger.drop(done[0].id)
    status = api.get(STATUS).json()
    assert (status["embedded"], status["points"], status["orphans"]) == (1, 2, 1)
    assert (status["removals"], status["agree"]) == (1, False)


def test_a_lost_point_is_seen(api: TestClient, world: Any) -> None:
    done = index_two_of_three(world)
    world.index.remove(world.embedder.profile, [done[0].id])
    status = api.get(STATUS).json()
    assert (status["points"], status["orphans"], status["agree"]) == (1, 0, False)


def test_an_index_that_is_away_is_told_and_no_error(api: TestClient, world: Any) -> None:
    index_two_of_three(world)
    world.index.outage = IndexUnavailable("gone")
    status = api.get(STATUS).json()
    assert (status["passages"], status["points"], status["alias"], status["agree"]) == (3, None, None, False)
    assert status["index_error"] == "The vector index does not answer."
