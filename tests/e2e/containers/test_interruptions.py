"""Whatever is killed or emptied while a course is indexed, nothing is lost and nothing doubled."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from . import asking, visiting
from .patience import until
from .stack import Stack

PAGES = 900
PENDING = "SELECT count(*) FROM passage_vector_state WHERE state <> 'embedded'"
LEASED = "SELECT count(*) FROM passage_vector_state WHERE lease_until IS NOT NULL"
EMBEDDED = "SELECT count(*) FROM passage_vector_state WHERE state = 'embedded'"


def calls(stack: Stack) -> int:
    """How often this worker has asked its provider."""
    return asking.metric(stack, "worker", 9100, "robolearn_worker_provider_calls_total")


def all_embedded(learner: httpx.Client, passages: int = 1) -> dict[str, Any]:
    """What the index tells once it holds so many passages, and nothing is pending."""
    told: dict[str, Any] = until(
        lambda: visiting.get(learner, "/api/v1/index/status"),
        lambda told: told["agree"] and told["embedded"] == told["passages"] >= passages,
        seconds=240,
    )
    return told


@pytest.fixture(scope="module")
def course(production_of_module: Stack, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Twenty lessons on washers."""
    asking.load(production_of_module, tmp_path_factory.mktemp("course") / "washers", 20, "washer")


@pytest.fixture(autouse=True)
def at_rest(course: None, production: Stack, learner: httpx.Client) -> None:
    """Nothing is pending, whatever the test before has left."""
    all_embedded(learner)


def test_a_killed_worker_and_a_flushed_redis_lose_nothing(
    production: Stack, learner: httpx.Client, tmp_path: Path
) -> None:
    before = int(asking.sql(production, EMBEDDED))
    asking.load(production, tmp_path / "grippers", PAGES)
    until(lambda: int(asking.sql(production, EMBEDDED)), lambda done: done > before)
    production.kill(production.containers("worker")[0]["ID"])
    password = production.variables["REDIS_PASSWORD"]
    flushed = production.exec("redis", "redis-cli", "--no-auth-warning", "-a", password, "FLUSHALL")
    assert flushed.strip() == "OK"
    assert int(asking.sql(production, PENDING)) > 0, "the worker was done before it could be killed"
    production.up("worker")
    told = all_embedded(learner, before + PAGES)
    assert told["points"] == told["passages"]
    assert (told["failed"], told["orphans"]) == (0, 0)
    texts = asking.sql(production, "SELECT count(DISTINCT text_hash) FROM passage")
    assert asking.sql(production, "SELECT count(*) FROM vector_cache") == texts


def test_a_wiped_index_is_rebuilt_without_the_provider(production: Stack, learner: httpx.Client) -> None:
    before = calls(production)
    key = production.variables["QDRANT_API_KEY"]
    collection = visiting.get(learner, "/api/v1/index/status")["collection"]
    asking.python(
        production,
        "worker",
        "import urllib.request as u;"
        f"u.urlopen(u.Request('http://qdrant:6333/collections/{collection}', method='DELETE',"
        f" headers={{'api-key': '{key}'}}))",
    )
    production.run("worker", "python", "-m", "robolearn_worker", "reconcile")
    until(
        lambda: visiting.get(learner, "/api/v1/index/status"),
        lambda told: told["agree"] and told["points"] == told["passages"],
        seconds=120,
    )
    assert calls(production) == before


def test_search_answers_while_data_services_are_away(production: Stack, learner: httpx.Client) -> None:
    production.compose("stop", "--timeout", "5", "qdrant", "redis")
    told = visiting.get(learner, "/api/v1/search", q="washer")
    assert told["hits"]
    assert told["degraded"]
    production.up("qdrant", "redis")
    until(
        lambda: visiting.get(learner, "/api/v1/search", q="washer"),
        lambda told: told["degraded"] is None,
        seconds=60,
    )


def test_what_is_stopped_midway_gives_back_what_it_holds(production: Stack, tmp_path: Path) -> None:
    asking.load(production, tmp_path / "sprockets", PAGES, "sprocket")
    until(lambda: int(asking.sql(production, LEASED)), lambda held: held > 0)
    production.compose("stop", "api", "worker", "beat", "backup")
    ended = {
        one["Service"]: one["ExitCode"] for one in production.containers("api", "worker", "beat", "backup")
    }
    assert ended == {"api": 0, "worker": 0, "beat": 0, "backup": 0}
    assert int(asking.sql(production, PENDING)) > 0
    assert asking.sql(production, LEASED) == "0"
