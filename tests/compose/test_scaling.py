"""`make scale` refuses what would break the platform, with the reason."""

from collections.abc import Callable

import pytest
from scripts.stack import replicas, scaling
from scripts.stack.checks import replicas as checks
from scripts.stack.refusal import Refused
from scripts.stack.stacks import Stack

Production = Callable[..., Stack]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"worker": "0"}, "worker=0 would leave nobody to do its work"),
        ({"api": "-1"}, "api=-1 would leave nobody"),
        ({"beat": "2"}, "two would send each hint twice"),
        ({"postgres": "2"}, "DATABASE_READ_URL"),
        ({"qdrant": "3"}, "Qdrant cluster"),
        ({"redis": "0"}, "the others need it"),
        ({"nginx": "2"}, "two cannot listen on one port"),
        ({"api": "many"}, "API=many is no number"),
        ({"migrate": "2"}, "cannot be scaled"),
        ({}, "make scale API=3"),
        ({"api": "9"}, "could open 380 connections"),
    ],
)
def test_it_is_refused_before_docker_is_asked(
    production: Production, asked: dict[str, str], told: str
) -> None:
    with pytest.raises(Refused, match=told):
        scaling.scale(production(), asked)


def test_pgbouncer_lifts_the_limit_of_connections(production: Production) -> None:
    stack = production(DATABASE_URL="postgresql://robotics_user@pgbouncer:5432/robotics_db")
    assert replicas.problems(stack, {"api": 9}) == []


def test_four_api_containers_fit(production: Production) -> None:
    assert replicas.problems(production(), {"api": 4, "worker": 2}) == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"WORKER_REPLICAS": "0"}, "worker=0 would leave nobody"),
        ({"API_REPLICAS": "9"}, "could open 380 connections"),
        ({"API_REPLICAS": "three"}, "API=three is no number"),
    ],
)
def test_settings_are_looked_at_as_well(production: Production, settings: dict[str, str], told: str) -> None:
    (problem,) = checks.check(production(**settings))
    assert told in problem
