"""The log lines of Celery and of HTTP clients among ours."""

import logging

from celery.signals import setup_logging

# A line or two for each hint, several times a second in development.
_PER_HINT = ("celery.worker.strategy", "celery.app.trace", "celery.worker.request", "httpx", "httpx2")


def settle_library_logs(level: str) -> None:
    """Leave the handlers as they are, and keep what is told of each hint for DEBUG."""
    setup_logging.connect(_leave, weak=False)
    for name in _PER_HINT:
        logging.getLogger(name).setLevel(logging.NOTSET if level == "DEBUG" else logging.WARNING)


def _leave(**_: object) -> None:
    """Celery sets up no handlers of its own where somebody listens to this signal."""
