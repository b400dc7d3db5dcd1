"""The connection pool for transactions, and how its failures are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.event import listen
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from robolearn.domain.errors import DatabaseUnavailable, SettingsError
from robolearn.settings import DatabaseSettings


def create_pool(settings: DatabaseSettings) -> Engine:
    """An engine on psycopg2 with the settings' pool and limits. Opens nothing yet."""
    made = create_engine(
        psycopg2_url(settings.url.get_secret_value()),
        pool_pre_ping=True,
        **sizes(settings),
        connect_args=session_options(settings),
    )
    if preamble := transaction_preamble(settings):
        listen(made, "begin", lambda connection: connection.exec_driver_sql(preamble))
    return made


def sizes(settings: DatabaseSettings) -> dict[str, Any]:
    """How many connections a pool may hold, and how long a caller waits for one."""
    return {
        "pool_size": settings.pool_size,
        "max_overflow": 0,
        "pool_timeout": settings.connect_timeout_seconds,
    }


def session_options(settings: DatabaseSettings) -> dict[str, Any]:
    """What a connection is opened with: the limits of its session, unless a pooler would share that."""
    options: dict[str, Any] = {
        "connect_timeout": settings.connect_timeout_seconds,
        "application_name": "robolearn",
    }
    if settings.pooler == "none":
        options["options"] = " ".join(f"-c {name}={value}" for name, value in _limits(settings))
    return options


def transaction_preamble(settings: DatabaseSettings) -> str:
    """What begins a transaction behind a pooler, whose session is another each time; else nothing."""
    if settings.pooler == "none":
        return ""
    return "".join(f"SET LOCAL {name} = {value}; " for name, value in _limits(settings))


def _limits(settings: DatabaseSettings) -> list[tuple[str, str]]:
    # Compiling a statement takes longer than any of ours runs.
    return [("statement_timeout", f"{settings.statement_timeout_seconds * 1000}"), ("jit", "off")]


def psycopg2_url(url: str, name: str = "DATABASE_URL") -> URL:
    """The URL for SQLAlchemy on psycopg2. Raises SettingsError, without repeating the password."""
    try:
        made = make_url(url)
    except (ArgumentError, ValueError):
        made = None
    if made is None or made.get_backend_name() not in ("postgresql", "postgres"):
        raise SettingsError(f"{name} is wrong: it should read postgresql://user:password@host:port/database.")
    return made.set(drivername="postgresql+psycopg2")


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that is committed at the end and forgotten after an error.

    Raises DatabaseUnavailable where PostgreSQL cannot be reached.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except (DBAPIError, PoolTimeout) as error:
        if isinstance(error, OperationalError | PoolTimeout) or error.connection_invalidated:
            raise unavailable(error) from error
        raise


def unavailable(error: DBAPIError | PoolTimeout | psycopg2.Error) -> DatabaseUnavailable:
    """What happened, in one sentence."""
    if isinstance(error, PoolTimeout):
        return DatabaseUnavailable(
            "All connections to PostgreSQL are in use.", "Try again, or raise DATABASE_POOL_SIZE."
        )
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = str(cause).strip() or "the connection was lost"
    if isinstance(cause, psycopg2.errors.DiskFull):
        return DatabaseUnavailable(
            f"PostgreSQL's disk is full: {said.splitlines()[0]}.", "Free some space there and try again."
        )
    return DatabaseUnavailable(f"PostgreSQL does not answer: {said.splitlines()[0]}.", _advice(said))


def _advice(said: str) -> str:
    if "unsupported startup parameter" in said:  # PgBouncer's words
        return "Set DATABASE_POOLER=transaction for a pooler; ingest and migrations need PostgreSQL itself."
    return "Check DATABASE_URL and that the server runs."
