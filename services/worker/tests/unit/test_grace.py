"""How a call that takes too long is given up once the process is to stop."""

from threading import Event, Timer, current_thread

import pytest
from structlog.contextvars import bound_contextvars, get_contextvars

from robolearn_worker.stopping import Grace, Stopped


def test_a_call_returns_or_raises_what_it_would_and_knows_its_context() -> None:
    grace = Grace(Event())
    assert grace.wait_for(lambda: 7) == 7
    with bound_contextvars(task="embed"):
        assert grace.wait_for(get_contextvars) == {"task": "embed"}
    with pytest.raises(ZeroDivisionError):
        grace.wait_for(lambda: 1 // 0)


def test_a_call_that_ends_in_time_is_waited_for_although_the_process_is_to_stop() -> None:
    stop, answered = Event(), Event()
    stop.set()
    Timer(0.3, answered.set).start()
    assert Grace(stop, 20).wait_for(lambda: answered.wait(10))


def test_a_call_that_takes_too_long_is_left_alone_after_the_grace() -> None:
    stop, never = Event(), Event()
    Timer(0.1, stop.set).start()
    with pytest.raises(Stopped):
        Grace(stop, 0.2).wait_for(lambda: never.wait(30))
    never.set()


def test_the_time_counts_from_the_stop_and_not_again_for_each_call() -> None:
    stop = Event()
    grace = Grace(stop, 0.0)
    grace.check()
    stop.set()
    with pytest.raises(Stopped):
        grace.check()


def test_a_call_does_not_keep_the_process() -> None:
    assert Grace(Event()).wait_for(lambda: current_thread().daemon)
