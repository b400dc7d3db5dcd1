"""Three replicas share the work, and one of them may die while learners ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from . import asking, visiting
from .conftest import PRODUCTION, Start
from .load import Load
from .patience import until
from .stack import Stack

COURSES = "/api/v1/courses"
PLENTY = {f"{kind}_{limit}": "5000" for kind in ("RATE", "BURST") for limit in ("GENERAL", "SEARCH")}


@pytest.fixture(scope="module")
def replicas_of_module(stack_of: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    limits = {name: f"{value}r/s" if name.startswith("RATE") else value for name, value in PLENTY.items()}
    stack = stack_of(PRODUCTION, API_PROCESSES="2", API_REPLICAS="3", **limits)
    stack.settle()
    asking.load(stack, tmp_path_factory.mktemp("course") / "grippers", 20)
    yield stack
    stack.down()


@pytest.fixture
def replicas(replicas_of_module: Stack) -> Stack:
    """Three replicas, all there whatever the test before has done."""
    replicas_of_module.settle()
    return replicas_of_module


def served(stack: Stack, index: int) -> int:
    """How often a replica has answered for the catalogue."""
    return asking.metric(
        stack, "api", 8000, r'robolearn_http_requests_total\{.*route="/api/v1/courses"', index
    )


def all_serve(stack: Stack) -> None:
    """Wait until each of the three has answered more than it had."""
    before = [served(stack, n) for n in (1, 2, 3)]
    until(
        lambda: [served(stack, n) for n in (1, 2, 3)],
        lambda now: all(new > old + 5 for new, old in zip(now, before, strict=True)),
    )


def test_one_replica_becomes_three_and_all_serve(replicas: Stack) -> None:
    replicas.up(scale={"api": 1})
    done = replicas.make("scale", "API=3")
    assert "API_REPLICAS=3" in done.stdout + done.stderr
    trust = visiting.trusting(replicas)
    with Load(lambda: visiting.client(replicas, trust), COURSES) as load:
        all_serve(replicas)
    assert not load.failures, load.failures


def test_no_request_fails_when_a_replica_is_killed(replicas: Stack) -> None:
    trust = visiting.trusting(replicas)
    victim = replicas.containers("api")[-1]["ID"]
    paths = (COURSES, "/api/v1/search?q=gripper", "/")
    with Load(lambda: visiting.client(replicas, trust), *paths) as load:
        all_serve(replicas)
        replicas.kill(victim)
        before = load.sent
        until(lambda: load.sent, lambda sent: sent > before + 200)
    assert not load.failures, load.failures
    assert len([one for one in replicas.containers("api") if one["State"] == "running"]) == 2


def test_a_replica_that_comes_back_is_found_again(replicas: Stack) -> None:
    replicas.kill(replicas.containers("api")[-1]["ID"])
    trust = visiting.trusting(replicas)
    with Load(lambda: visiting.client(replicas, trust), COURSES) as load:
        replicas.settle()
        all_serve(replicas)
    assert not load.failures, load.failures


def test_requests_under_way_are_finished_at_a_stop(replicas: Stack, tmp_path: Path) -> None:
    trust = visiting.trusting(replicas)
    with Load(lambda: visiting.client(replicas, trust), COURSES, "/api/v1/search?q=gripper") as load:
        until(lambda: load.sent, lambda sent: sent > 20)
        replicas.compose("up", "--detach", "--no-recreate", "--scale", "api=1")
    assert not load.failures, load.failures
