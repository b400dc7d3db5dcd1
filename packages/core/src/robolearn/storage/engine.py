"""The connection pool, and how its failures are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from robolearn.domain.errors import DatabaseUnavailable, SettingsError
from robolearn.settings import DatabaseSettings


def create_pool(settings: DatabaseSettings) -> Engine:
    """An engine on psycopg2 with the settings' pool and statement timeout. Opens nothing yet."""
    return _pool(settings, pool_pre_ping=True)


def create_reading_pool(settings: DatabaseSettings) -> Engine:
    """An engine for `SqlCatalogue` and `SqlPassageSearch`, whose reads are single statements.

    Each runs in autocommit, and without asking first whether the connection is alive: a read can be repeated.
    """
    return _pool(settings, isolation_level="AUTOCOMMIT")


def _pool(settings: DatabaseSettings, **options: Any) -> Engine:
    return create_engine(
        psycopg2_url(settings.url.get_secret_value()),
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.connect_timeout_seconds,
        **options,
        connect_args={
            "connect_timeout": settings.connect_timeout_seconds,
            "application_name": "robolearn",
            # Compiling a statement takes longer than any of ours runs.
            "options": f"-c statement_timeout={settings.statement_timeout_seconds * 1000} -c jit=off",
        },
    )


def psycopg2_url(url: str) -> URL:
    """The URL for SQLAlchemy on psycopg2. Raises SettingsError, without repeating the password."""
    try:
        made = make_url(url)
    except (ArgumentError, ValueError):
        made = None
    if made is None or made.get_backend_name() not in ("postgresql", "postgres"):
        raise SettingsError(
            "DATABASE_URL is wrong: it should read postgresql://user:password@host:port/database."
        )
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
    return DatabaseUnavailable(
        f"PostgreSQL does not answer: {said.splitlines()[0]}.",
        "Check DATABASE_URL and that the server runs.",
    )
