"""Many requests at once, for as long as something is done to the stack."""

import time
from collections import Counter
from collections.abc import Callable
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

import httpx


class Load:
    """Visitors that ask in turn; counts answers by status and failures by their reason.

    Ends with its block, or by itself after `seconds`, whatever the block does.
    """

    def __init__(
        self,
        connect: Callable[[], httpx.Client],
        *paths: str,
        visitors: int = 4,
        pause: float = 0.02,
        seconds: float = 120,
    ) -> None:
        self.sent = 0
        self.statuses: Counter[int] = Counter()
        self.failures: Counter[str] = Counter()
        self._connect, self._paths, self._pause = connect, paths, pause
        self._seconds = seconds
        self._stop, self._lock = Event(), Lock()
        self._threads = [Thread(target=self._visit, daemon=True) for _ in range(visitors)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _visit(self) -> None:
        end = time.monotonic() + self._seconds
        turn = 0
        with self._connect() as visitor:
            while not self._stop.wait(self._pause) and time.monotonic() < end:
                self._ask(visitor, self._paths[turn % len(self._paths)])
                turn += 1

    def _ask(self, visitor: httpx.Client, path: str) -> None:
        try:
            answer = visitor.get(path)
        except httpx.HTTPError as error:
            self._note(None, f"{path}: {type(error).__name__} {error}")
        else:
            said = f"{path}: {answer.status_code} {answer.text[:200]}"
            self._note(answer.status_code, None if answer.is_success else said)

    def _note(self, status: int | None, failure: str | None) -> None:
        with self._lock:
            self.sent += 1
            self.statuses.update([] if status is None else [status])
            self.failures.update([] if failure is None else [failure])
