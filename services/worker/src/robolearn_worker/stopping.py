"""How long a process that was told to stop may still work on what it has begun."""

import contextvars
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

Result = TypeVar("Result")

# An answer that is on its way is paid for, so it is worth a wait; who stops us waits ten seconds by default.
GRACE_SECONDS = 5.0
_TICK_SECONDS = 0.05


class Stopped(Exception):  # a turn of events, not an error
    """The time is up: give back what was begun, others will do it."""


class Grace:
    """The time that is left after `stop` was set, counted from when this first saw it."""

    def __init__(self, stop: Event, seconds: float = GRACE_SECONDS) -> None:
        self._stop = stop
        self._seconds = seconds
        self._until: float | None = None

    def check(self) -> None:
        """Raise Stopped once the time is up."""
        if not self._stop.is_set():
            return
        if self._until is None:
            self._until = monotonic() + self._seconds
        if monotonic() >= self._until:
            raise Stopped

    def wait_for(self, call: Callable[[], Result]) -> Result:
        """What the call returns or raises; Stopped, and the call left alone, when the time is up before."""
        outcome: Future[Result] = Future()
        context = contextvars.copy_context()
        Thread(target=context.run, args=(_run, call, outcome), name="call", daemon=True).start()
        while not wait([outcome], _TICK_SECONDS).done:
            self.check()
        return outcome.result()


def _run(call: Callable[[], Result], outcome: "Future[Result]") -> None:
    try:
        outcome.set_result(call())
    except BaseException as error:  # it is raised again where the call is waited for
        outcome.set_exception(error)
