"""How long to leave the embedding provider alone."""

import random
import time
from collections.abc import Callable

FIRST_WAIT = 1.0
LONGEST_BACKOFF = 60.0
LONGEST_WAIT = 900.0


class Patience:
    """Waits in seconds: what the provider asks for, else twice as long each time, with jitter.

    Shared by all sweeps of a process, so that none bothers a provider that another was told to spare.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, jitter: Callable[[], float] = random.random
    ) -> None:
        self._clock = clock
        self._jitter = jitter
        self._failures = 0
        self._until = 0.0

    def refused(self, retry_after: float | None = None) -> float:
        """Note a refusal; how long to wait before the next call."""
        wait = self._backoff() if retry_after is None else retry_after
        self._failures += 1
        wait = min(max(wait, 0.0), LONGEST_WAIT)
        self._until = self._clock() + wait
        return wait

    def served(self) -> None:
        """Note a success: the next refusal starts from the shortest wait."""
        self._failures = 0
        self._until = 0.0

    def remaining(self) -> float:
        """How much of the last wait is left; 0 if nothing is."""
        return max(self._until - self._clock(), 0.0)

    def _backoff(self) -> float:
        """Between half and all of a wait that doubles: never at once, never in step with others."""
        wait = min(FIRST_WAIT * 2.0 ** min(self._failures, 20), LONGEST_BACKOFF)
        return wait * (0.5 + self._jitter() / 2)
