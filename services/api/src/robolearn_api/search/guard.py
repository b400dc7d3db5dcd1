"""Calls to dependencies that may hang or be away, so that they cost readers little."""

from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures import TimeoutError as Late
from contextvars import copy_context
from threading import Lock
from time import monotonic
from typing import TypeVar

from robolearn.domain.errors import EmbeddingRejected, EmbeddingThrottled, Unavailable
from robolearn.observability import get_logger

T = TypeVar("T")
log = get_logger(__name__)

FAILURES = 3


class Away(Exception):
    """The dependency did not answer. Its text is the reason, as one sentence."""


class Guard:
    """A deadline on each call, and a pause after `FAILURES` failures in a row.

    While it pauses, calls fail at once with the last reason; after it, one call tries again. A call that
    is late keeps its thread of the executor until it ends by itself, so a hanging dependency fills only
    that executor, never the threads that serve requests.
    """

    def __init__(
        self,
        name: str,
        executor: Executor,
        *,
        timeout: float,
        pause: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.name = name
        self._executor, self._timeout, self._pause, self._clock = executor, timeout, pause, clock
        self._lock = Lock()
        self._failures = 0
        self._closed_until = 0.0
        self.reason: str | None = None

    def call(self, work: Callable[[], T]) -> T:
        """What `work` returns. Raises Away if it fails, is late, or is not tried."""
        self._admit()
        future = self._executor.submit(copy_context().run, work)
        try:
            result = future.result(self._timeout)
        except EmbeddingRejected as error:
            raise Away(str(error)) from error
        except Late:
            future.cancel()
            raise self._failed(f"The {self.name} did not answer in {self._timeout:g} s.") from None
        except Unavailable as error:
            asked = error.retry_after if isinstance(error, EmbeddingThrottled) else None
            raise self._failed(error.reason, asked) from error
        except Exception as error:
            log.exception("dependency.broken", dependency=self.name)
            raise self._failed(f"The {self.name} failed: {type(error).__name__}.") from error
        with self._lock:
            self._failures, self.reason = 0, None
        return result

    def _admit(self) -> None:
        with self._lock:
            if self._failures < FAILURES:
                return
            if self._clock() < self._closed_until:
                raise Away(self.reason)
            self._closed_until = self._clock() + self._pause

    def _failed(self, reason: str, pause: float | None = None) -> Away:
        with self._lock:
            self._failures = max(self._failures + 1, FAILURES if pause else 0)
            self.reason = reason
            self._closed_until = self._clock() + (pause or self._pause)
        log.warning("dependency.away", dependency=self.name, reason=reason, failures=self._failures)
        return Away(reason)
