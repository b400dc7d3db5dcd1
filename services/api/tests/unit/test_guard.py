"""The deadline and the pause around calls to dependencies."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
import structlog

from robolearn.domain.errors import EmbeddingRejected, EmbeddingThrottled, IndexUnavailable
from robolearn.testing.clock import Clock
from robolearn_api.search.guard import FAILURES, Away, Guard


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guard(clock: Clock) -> Iterator[Guard]:
    with ThreadPoolExecutor(2) as executor:
        yield Guard("vector index", executor, timeout=30, pause=5, clock=clock)


def fail_with(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def fail(guard: Guard, times: int = FAILURES) -> None:
    for _ in range(times):
        with pytest.raises(Away):
            guard.call(fail_with(IndexUnavailable("gone")))


def tried(guard: Guard) -> bool:
    calls: list[int] = []
    with suppress(Away):
        guard.call(lambda: calls.append(1))
    return bool(calls)


def test_an_answer_passes_through(guard: Guard) -> None:
    assert guard.call(lambda: 42) == 42
    assert not guard.failing


def test_too_late_is_away() -> None:
    hanging = Event()
    with ThreadPoolExecutor(1) as executor:
        guard = Guard("vector index", executor, timeout=0.01, pause=5)
        with pytest.raises(Away, match="does not answer"):
            guard.call(lambda: hanging.wait(60))
        hanging.set()
    assert guard.failing


def test_after_failures_in_a_row_it_is_not_even_tried(guard: Guard) -> None:
    fail(guard)
    assert not tried(guard)


def test_fewer_failures_do_not_stop_the_next_call(guard: Guard) -> None:
    fail(guard, FAILURES - 1)
    assert tried(guard)
    fail(guard, FAILURES - 1)
    assert tried(guard)


def test_after_the_pause_one_call_tries_again_and_its_success_ends_the_pause(
    guard: Guard, clock: Clock
) -> None:
    fail(guard)
    clock.now = 5.0
    assert tried(guard)
    assert tried(guard)


def test_a_failed_trial_pauses_again(guard: Guard, clock: Clock) -> None:
    fail(guard)
    clock.now = 5.0
    fail(guard, 1)
    clock.now = 9.9
    assert not tried(guard)


def test_while_one_call_tries_the_others_do_not_wait_for_it(guard: Guard, clock: Clock) -> None:
    fail(guard)
    clock.now = 5.0
    assert guard.call(lambda: tried(guard)) is False


def test_a_throttle_is_waited_out_at_once_and_for_as_long_as_asked(guard: Guard, clock: Clock) -> None:
    with pytest.raises(Away):
        guard.call(fail_with(EmbeddingThrottled("patience", retry_after=20)))
    clock.now = 19.0
    assert not tried(guard)
    clock.now = 20.0
    assert tried(guard)


def test_a_refused_text_says_nothing_about_the_next_one(guard: Guard) -> None:
    for _ in range(FAILURES):
        with pytest.raises(Away, match="cannot read this question"):
            guard.call(fail_with(EmbeddingRejected("too long")))
    assert not guard.failing


def test_a_surprise_of_a_library_is_away_too(guard: Guard) -> None:
    with pytest.raises(Away):
        guard.call(fail_with(ZeroDivisionError()))
    assert guard.failing


def test_readers_are_told_no_host(guard: Guard) -> None:
    with pytest.raises(Away) as told:
        guard.call(fail_with(IndexUnavailable("http://qdrant.internal:6333 refused", "Check QDRANT_URL.")))
    assert str(told.value) == "The vector index does not answer."


def test_the_context_of_the_request_reaches_the_thread(guard: Guard) -> None:
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        assert guard.call(structlog.contextvars.get_contextvars) == {"request_id": "abc"}
