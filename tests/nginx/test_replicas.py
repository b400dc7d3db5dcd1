"""Replicas come, go, break off and hang, and nobody who asks notices."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from .replica import Replica

SEEN_WITHIN = 8.0


@pytest.fixture
def replicas(names, api_port):
    """Starts replicas at addresses of loopback; DNS knows them when the test says so."""
    started = []

    def _start(*lasts):
        started.extend(Replica(f"127.0.0.{last}", api_port) for last in lasts)
        return started[-len(lasts) :]

    yield _start
    for one in started:
        one.stop()
    names.addresses = []


def who_answers(client, number=12):
    """How often each replica answered; errors count under their status."""
    answers = [client.get("/") for _ in range(number)]
    return Counter(one.text if one.is_success else str(one.status_code) for one in answers)


def wait_for(client, *addresses):
    """Until exactly these answer."""
    deadline = time.monotonic() + SEEN_WITHIN
    while (seen := who_answers(client)).keys() != set(addresses):
        assert time.monotonic() < deadline, seen
        time.sleep(0.1)


@pytest.fixture(scope="module")
def alone(start):
    """A gateway of development started while no api exists."""
    return start("development")


@pytest.fixture
def asking(alone):
    """A client of that gateway."""
    with httpx.Client(base_url=alone.http, timeout=10) as client:
        yield client


def test_nginx_starts_before_the_api_and_finds_it_later(names, alone, asking, replicas):
    names.addresses = []
    deadline = time.monotonic() + SEEN_WITHIN
    while (answer := asking.get("/", headers={"Accept": "text/html"})).status_code != 502:
        assert time.monotonic() < deadline
    assert "We cannot answer right now" in answer.text
    assert answer.headers["retry-after"] == "5"
    replicas(2)
    names.addresses = ["127.0.0.2"]
    wait_for(asking, "127.0.0.2")


def test_scaling_from_one_to_three_and_back_needs_no_reload(names, asking, replicas):
    first, *others = replicas(2, 3, 4)
    names.addresses = [first.address]
    wait_for(asking, "127.0.0.2")
    names.addresses = [first.address, *(one.address for one in others)]
    wait_for(asking, "127.0.0.2", "127.0.0.3", "127.0.0.4")
    names.addresses = [first.address]
    wait_for(asking, "127.0.0.2")


def test_an_outage_of_dns_changes_nothing(names, asking, replicas):
    replicas(2)
    names.addresses = ["127.0.0.2"]
    wait_for(asking, "127.0.0.2")
    names.addresses = None
    time.sleep(3.5)
    assert who_answers(asking) == {"127.0.0.2": 12}


def test_no_request_fails_when_a_replica_is_killed(names, alone, asking, replicas):
    victim, *others = replicas(2, 3, 4)
    names.addresses = ["127.0.0.2", "127.0.0.3", "127.0.0.4"]
    wait_for(asking, *names.addresses)
    with ThreadPoolExecutor(4) as pool, httpx.Client(base_url=alone.http, timeout=10) as shared:
        pending = [pool.submit(lambda: shared.get("/").status_code) for _ in range(400)]
        pending[50].result()
        victim.break_off = True
        victim.stop()
        assert Counter(one.result() for one in pending) == {200: 400}
    assert all(one.requests for one in others)


def test_an_address_where_nobody_answers_costs_a_second_at_most(names, asking, replicas):
    replicas(2)
    names.addresses = ["127.0.0.2"]
    wait_for(asking, "127.0.0.2")
    names.addresses = ["127.0.0.2", "192.0.2.1"]
    deadline = time.monotonic() + 6
    slowest = 0.0
    while time.monotonic() < deadline:
        answer = asking.get("/")
        assert answer.status_code == 200
        slowest = max(slowest, answer.elapsed.total_seconds())
    assert slowest < 2.5


@pytest.mark.parametrize(("method", "status", "asked"), [("GET", 200, 2), ("POST", 502, 1), ("PATCH", 502, 1)])
def test_only_what_may_be_repeated_is_asked_again(names, asking, replicas, method, status, asked):
    broken, sound = replicas(5, 6)
    broken.break_off = True
    names.addresses = ["127.0.0.5"]
    deadline = time.monotonic() + SEEN_WITHIN
    while not broken.requests:
        asking.get("/")
        assert time.monotonic() < deadline
    names.addresses = ["127.0.0.5", "127.0.0.6"]
    deadline = time.monotonic() + SEEN_WITHIN
    while not sound.requests:
        asking.get("/")
        assert time.monotonic() < deadline
    time.sleep(5.2)  # the time for which a broken replica is spared
    broken.requests.clear(), sound.requests.clear()
    for _ in range(2):
        answer = asking.request(method, "/once")
        if broken.requests:
            break
    paths = [one.requests for one in (broken, sound)]
    assert answer.status_code == status
    assert len(broken.requests) == 1
    assert len(paths[0]) + len(paths[1]) >= asked
