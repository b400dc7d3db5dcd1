"""Calls to dependencies that may hang or be away, so that they cost readers little."""

from collections.abc import Callable
from concurrent.futures import Executor
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
    """The dependency gave no answer. The text is for readers; the log has hosts, settings and advice."""


class Guard:
    """A deadline on each call, and a pause after `FAILURES` failures in a row.

    While it pauses, calls fail at once; after it, one call tries again. A call that is late keeps its
    thread of the executor until it ends by itself, so a hanging dependency fills only that executor,
    never the threads that serve requests.
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

    @property
    def failing(self) -> bool:
        """Whether the last call that was tried has failed."""
        return self._failures > 0

    def call(self, work: Callable[[], T]) -> T:
        """What `work` returns. Raises Away if it fails, is late, or is not tried."""
        self._admit()
        future = self._executor.submit(copy_context().run, work)
        try:
            result = future.result(self._timeout)
        except EmbeddingRejected as error:
            log.warning("dependency.refused", dependency=self.name, reason=str(error))
            raise Away(f"The {self.name} cannot read this question.") from error
        except TimeoutError:
            future.cancel()
            raise self._failed(f"no answer within {self._timeout:g} s") from None
        except Unavailable as error:
            asked = error.retry_after if isinstance(error, EmbeddingThrottled) else None
            raise self._failed(str(error), asked) from error
        except Exception as error:  # a library's surprise must not become a reader's error
            log.exception("dependency.broken", dependency=self.name)
            raise self._failed(repr(error)) from error
        self._failures = 0
        return result

    def _admit(self) -> None:
        with self._lock:
            if self._failures < FAILURES:
                return
            if self._clock() < self._closed_until:
                raise self._away()
            self._closed_until = self._clock() + self._pause

    def _failed(self, reason: str, pause: float | None = None) -> Away:
        with self._lock:
            self._failures = max(self._failures + 1, FAILURES if pause else 0)
            self._closed_until = self._clock() + (pause or self._pause)
        log.warning("dependency.away", dependency=self.name, reason=reason, failures=self._failures)
        return self._away()

    def _away(self) -> Away:
        return Away(f"The {self.name} does not answer.")
