"""What a person who waits is told, on standard error."""

import sys
import time

_started = time.monotonic()


def say(sentence: str) -> None:
    """Print a sentence with the seconds since the start."""
    print(f"{time.monotonic() - _started:6.1f} s  {sentence}", file=sys.stderr, flush=True)
