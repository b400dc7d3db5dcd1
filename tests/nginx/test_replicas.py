"""Replicas come, go, break off and hang, and nobody who asks notices."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from .replica import Replica

SEEN_WITHIN = 8.0
ONE, TWO, THREE = "127.0.0.2", "127.0.0.3", "127.0.0.4"
NOBODY = "192.0.2.1"  # kept for documents: packets to it are lost


@pytest.fixture
def replicas(names, api_port):
    """Starts replicas by their addresses, which DNS knows from then on."""
    started = {}

    def _start(*addresses):
        started.update({one: Replica(one, api_port) for one in addresses if one not in started})
        names.addresses = list(addresses)
        return [started[one] for one in addresses]

    yield _start
    for one in started.values():
        one.stop()
    names.addresses = []


@pytest.fixture
def ask(start):
    """Starts a gateway of development that knows what DNS knows now, and gives a client of it."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(httpx.Client(base_url=start("development").http, timeout=10))


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


def test_nginx_starts_before_the_api_and_finds_it_later(replicas, ask):
    client = ask()
    answer = client.get("/", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["retry-after"]) == (502, "5")
    assert "We cannot answer right now" in answer.text
    replicas(ONE)
    wait_for(client, ONE)


def test_scaling_from_one_to_three_and_back_needs_no_reload(replicas, ask):
    replicas(ONE)
    client = ask()
    assert who_answers(client) == {ONE: 12}
    replicas(ONE, TWO, THREE)
    wait_for(client, ONE, TWO, THREE)
    replicas(ONE)
    wait_for(client, ONE)


def test_an_outage_of_dns_changes_nothing(names, replicas, ask):
    replicas(ONE)
    client = ask()
    names.addresses = None
    time.sleep(3.5)
    assert who_answers(client) == {ONE: 12}


def test_no_request_fails_when_a_replica_is_killed(replicas, ask):
    victim, *others = replicas(ONE, TWO, THREE)
    client = ask()
    with ThreadPoolExecutor(8) as pool:
        pending = [pool.submit(lambda: client.get("/").status_code) for _ in range(600)]
        pending[100].result()
        victim.kill()
        assert Counter(one.result() for one in pending) == {200: 600}
    assert victim.requests
    assert all(one.requests for one in others)


def test_an_address_where_nobody_answers_costs_seconds_at_most(replicas, names, ask):
    replicas(ONE)
    names.addresses = [ONE, NOBODY]
    client = ask()
    answers = [client.get("/") for _ in range(30)]
    assert [one.text for one in answers] == [ONE] * 30
    assert max(one.elapsed.total_seconds() for one in answers) < 2.5


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_one_that_breaks_off_after_dns_has_changed_fails_no_request(names, replicas, ask, method):
    broken, _ = replicas(ONE, TWO)
    broken.break_off = True
    client = ask()
    with ThreadPoolExecutor(2) as pool:
        pending = [pool.submit(client.request, method, "/held") for _ in range(2)]
        names.addresses = [TWO]
        names.wait_for_another_question()
        assert len(broken.requests) == 1
        broken.go_on.set()
        assert [one.result().status_code for one in pending] == [200, 200]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_request_that_may_be_repeated_is_asked_again(replicas, ask, method):
    broken, _ = replicas(ONE, TWO)
    broken.break_off = True
    client = ask()
    assert [client.request(method, "/").status_code for _ in range(4)] == [200] * 4
    assert len(broken.requests) == 1


def test_replicas_that_all_stumbled_are_asked_again_at_once(replicas, ask):
    every = replicas(ONE, TWO)
    client = ask()
    for one in every:
        one.break_off = True
    assert client.get("/").status_code == 502
    for one in every:
        one.break_off = False
    assert [client.get("/").status_code for _ in range(4)] == [200] * 4


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_one_that_may_not_is_never_asked_again(replicas, ask, method):
    broken, sound = replicas(ONE, TWO)
    broken.break_off = True
    client = ask()
    statuses = [client.request(method, "/", content=b"{}").status_code for _ in range(4)]
    assert sorted(statuses) == [200, 200, 200, 502]
    assert (len(broken.requests), len(sound.requests)) == (1, 3)


def test_a_503_of_the_api_is_not_asked_again(replicas, ask):
    every = replicas(ONE, TWO)
    assert ask().get("/problem").status_code == 503
    assert sum(len(one.requests) for one in every) == 1


def test_connections_to_the_api_are_kept(replicas, ask):
    (only,) = replicas(ONE)
    who_answers(ask())
    assert only.connections < 4
