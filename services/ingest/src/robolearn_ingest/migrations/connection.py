"""The connection that migrations run on: its limits, and the lock that lets one run at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.storage.engine import psycopg2_url, unavailable

# Any number, as long as every release uses the same.
_LOCK = 7_262_011_001


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to wait: for a connection, a lock inside a migration, one statement, another migrator.

    The lock's is short on purpose: a migration that waits for a table makes all its readers wait.
    """

    connect: int = 5
    lock: float = 5.0
    statement: float = 600.0
    turn: float = 900.0


LIMITS = Limits()


@contextmanager
def connected(url: str, limits: Limits) -> Iterator[Connection]:
    """A connection under the limits. Raises DatabaseUnavailable for whatever it dies of."""
    options = f"-c lock_timeout={limits.lock * 1000:.0f} -c statement_timeout={limits.statement * 1000:.0f}"
    engine = create_engine(
        psycopg2_url(url),
        poolclass=NullPool,
        connect_args={
            "connect_timeout": limits.connect,
            "application_name": "robolearn-migrate",
            "options": options,
        },
    )
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as error:
        raise unavailable(error) from error


@contextmanager
def alone(connection: Connection, limits: Limits) -> Iterator[None]:
    """Hold the lock of the session, so that one migrator works at a time.

    It asks again and again instead of waiting inside one statement: a statement that waits holds a
    snapshot, and an index built concurrently by the other migrator would wait for that in turn.
    """
    deadline = time.monotonic() + limits.turn
    while not _scalar(connection, "SELECT pg_try_advisory_lock(:lock)"):
        if time.monotonic() > deadline:
            raise DatabaseUnavailable(
                f"Another migration has been running for more than {limits.turn:.0f} seconds.",
                "Wait for it to end, or end its session, then migrate again.",
            )
        time.sleep(0.1)
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.rollback()
            _scalar(connection, "SELECT pg_advisory_unlock(:lock)")


def _scalar(connection: Connection, statement: str) -> bool:
    got = connection.scalar(text(statement), {"lock": _LOCK})
    connection.commit()
    return bool(got)
