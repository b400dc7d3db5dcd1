"""Waiting for what must come true soon."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(look: Callable[[], T], good: Callable[[T], bool] = bool, *, seconds: float = 90) -> T:
    """The first answer of `look` that is good. Raises AssertionError with the last one that was not."""
    end = time.monotonic() + seconds
    while not good(seen := look()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s; last seen: {seen}")
        time.sleep(0.2)
    return seen
