"""The connection pool, and how its failures are told."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.settings import DatabaseSettings


def create_pool(settings: DatabaseSettings) -> Engine:
    """An engine on psycopg2 with the settings' pool and statement timeout. Opens nothing yet."""
    url = make_url(settings.url.get_secret_value()).set(drivername="postgresql+psycopg2")
    return create_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.connect_timeout_seconds,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": settings.connect_timeout_seconds,
            "application_name": "robolearn",
            "options": f"-c statement_timeout={settings.statement_timeout_seconds * 1000}",
        },
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that is committed at the end and forgotten after an error.

    Raises DatabaseUnavailable where PostgreSQL cannot be reached.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except (OperationalError, DBAPIError) as error:
        if isinstance(error, OperationalError) or error.connection_invalidated:
            raise DatabaseUnavailable(
                f"PostgreSQL does not answer: {str(error.orig).strip().splitlines()[0]}.",
                "Check DATABASE_URL and that the server runs.",
            ) from error
        raise
