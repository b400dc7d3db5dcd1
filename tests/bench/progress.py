"""What a person who waits is told, on standard error."""

import logging
import sys
import time

import structlog

_started = time.monotonic()


def say(sentence: str) -> None:
    """Print a sentence with the seconds since the start."""
    print(f"{time.monotonic() - _started:6.1f} s  {sentence}", file=sys.stderr, flush=True)


def quiet_logs() -> None:
    """Leave standard error to `say`, and to warnings."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
