"""The connection pool for reading: on a replica, if there is one that can serve, else on the primary."""

from collections.abc import Callable
from functools import partial
from time import monotonic

import psycopg2
from psycopg2.extensions import connection
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from robolearn.domain.errors import DatabaseUnavailable, SchemaMismatch
from robolearn.observability import get_logger
from robolearn.settings import DatabaseSettings
from robolearn.storage.engine import (
    psycopg2_url,
    session_options,
    sizes,
    transaction_preamble,
    unavailable,
)
from robolearn.storage.schema import EXPECTED_REVISION

PREAMBLE = "preamble"
"""The execution option that holds what each statement begins with."""

# How long a replica that cannot serve is left alone, and how soon all readers are back after that.
PAUSE_SECONDS = 15.0
RETURN_SECONDS = 60

log = get_logger(__name__)


def create_reading_pool(settings: DatabaseSettings) -> Engine:
    """An engine for `SqlCatalogue` and `SqlPassageSearch`, whose reads are single statements.

    Each runs in autocommit, and without asking first whether the connection is alive: a read can be repeated.
    With a replica, connections go there; one that is away or at another revision of the schema is told in the
    log and left alone for a while, and the primary is read. One that lags is read as it is.
    """
    primary = _opener(settings, settings.url, "DATABASE_URL")
    replica = settings.read_url and _opener(settings, settings.read_url, "DATABASE_READ_URL")
    return create_engine(
        "postgresql+psycopg2://",
        creator=ReplicaFirst(replica, primary) if replica else primary,
        pool_recycle=RETURN_SECONDS if replica else -1,
        isolation_level="AUTOCOMMIT",
        execution_options={PREAMBLE: transaction_preamble(settings)},
        **sizes(settings),
    )


class ReplicaFirst:
    """Opens a connection to the replica, or to the primary while the replica cannot serve."""

    def __init__(
        self,
        replica: Callable[[], connection],
        primary: Callable[[], connection],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._replica, self._primary, self._clock = replica, primary, clock
        self._again_at = float("-inf")

    def __call__(self) -> connection:
        """A connection. Raises psycopg2.OperationalError where the primary is away, too."""
        if self._clock() >= self._again_at:
            try:
                return _at_our_revision(self._replica())
            except (SchemaMismatch, DatabaseUnavailable, psycopg2.Error) as error:
                reason = unavailable(error).reason if isinstance(error, psycopg2.Error) else error.reason
                log.warning("replica.passed_over", reason=reason, seconds=PAUSE_SECONDS)
            self._again_at = self._clock() + PAUSE_SECONDS
        return self._primary()


def _opener(settings: DatabaseSettings, url: SecretStr, name: str) -> Callable[[], connection]:
    dialect = PGDialect_psycopg2()  # type: ignore[no-untyped-call]
    _, options = dialect.create_connect_args(psycopg2_url(url.get_secret_value(), name))  # type: ignore[no-untyped-call]
    return partial(psycopg2.connect, **options, **session_options(settings))


def _at_our_revision(replica: connection) -> connection:
    """The connection itself. Closes it and raises if the replica has another schema than we read."""
    try:
        found = _revision(replica)
    except BaseException:
        replica.close()
        raise
    if found == EXPECTED_REVISION:
        return replica
    replica.close()
    raise SchemaMismatch(
        f"The replica at DATABASE_READ_URL is at revision {found}, and {EXPECTED_REVISION} is needed."
    )


def _revision(replica: connection) -> str | None:
    replica.autocommit = True
    with replica.cursor() as cursor:
        cursor.execute("SELECT to_regclass('alembic_version') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return None
        cursor.execute("SELECT version_num FROM alembic_version")
        row = cursor.fetchone()
    return str(row[0]) if row else None
