"""Structured logs on standard error: JSON for machines, readable lines on a terminal."""

import logging
import sys
from typing import TextIO, cast

import structlog
from structlog.typing import Processor

from robolearn.settings import LogSettings

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure_logs(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Send the logs of this process, libraries included, to standard error or `stream`. Safe to repeat."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_SHARED, processors=_ending(settings))
    )
    logging.basicConfig(handlers=[handler], level=settings.level, force=True)
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger: an event name and keys, `log.info("batch.embedded", passages=64)`."""
    return cast(structlog.stdlib.BoundLogger, structlog.get_logger(name))


def _ending(settings: LogSettings) -> list[Processor]:
    console = settings.format == "console" or (settings.format == "auto" and sys.stderr.isatty())
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if console:
        # Not the default: with rich installed it prints local variables, secrets too, and takes seconds.
        return [strip, structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [strip, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
