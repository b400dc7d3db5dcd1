"""Patience with a PostgreSQL that is still starting, as it is beside a container that has just been made."""

import re
import time

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.observability import get_logger
from robolearn_ingest.migrations.connection import LIMITS, connected

log = get_logger(__name__)

_PAUSE_SECONDS = 0.5
# Answers of a server that runs: it would say the same in a minute.
_FINAL = re.compile(r"authentication failed|does not exist|no pg_hba\.conf entry|no password supplied")


def wait_for_server(url: str, seconds: float) -> None:
    """Return once PostgreSQL takes connections. Raises DatabaseUnavailable if it does not in that time.

    A server that answers with a refusal, of the password or the name of the database, is not waited for.
    """
    deadline, told = time.monotonic() + seconds, ""
    while True:
        try:
            with connected(url, LIMITS):
                return
        except DatabaseUnavailable as error:
            if time.monotonic() >= deadline or _FINAL.search(error.reason):
                raise
            if error.reason != told:
                log.info("database.waiting", seconds=seconds, reason=error.reason)
            told = error.reason
        time.sleep(_PAUSE_SECONDS)
