"""A clock for tests."""

from dataclasses import dataclass


@dataclass
class Clock:
    """Gives `now`, in seconds, which moves when it is told to."""

    now: float = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now
