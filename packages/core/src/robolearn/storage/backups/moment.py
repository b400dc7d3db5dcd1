"""One moment of the database: what it held then, and a name under which `pg_dump` sees the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from robolearn.domain.errors import SchemaMismatch
from robolearn.storage.engine import unavailable
from robolearn.storage.schema import revision_of

_REMEMBER = text("""
    CREATE TEMPORARY TABLE backed_up ON COMMIT PRESERVE ROWS AS
    SELECT profile_id, passage_id, updated_at FROM passage_vector_state WHERE state = 'embedded'
""")

_CHANGED = text("""
    SELECT profile.fingerprint, backed_up.passage_id
    FROM backed_up JOIN embedding_profile AS profile ON profile.id = backed_up.profile_id
    WHERE NOT EXISTS (
        SELECT FROM passage_vector_state AS state
        WHERE state.profile_id = backed_up.profile_id AND state.passage_id = backed_up.passage_id
          AND state.state = 'embedded' AND state.updated_at = backed_up.updated_at
    )
    ORDER BY 1, 2
""")

_COUNTS = text("""
    SELECT (SELECT count(*) FROM course) AS courses, (SELECT count(*) FROM lesson) AS lessons,
           (SELECT count(*) FROM passage) AS passages
""")

_EMBEDDED = text("""
    SELECT profile.fingerprint, count(backed_up.passage_id) AS embedded
    FROM embedding_profile AS profile LEFT JOIN backed_up ON backed_up.profile_id = profile.id
    GROUP BY 1 ORDER BY 1
""")


@dataclass(frozen=True, slots=True)
class Moment:
    """What the database held. `snapshot` is good for as long as the moment is held."""

    snapshot: str
    revision: str
    server_version: str
    counts: dict[str, int]
    embedded: dict[str, int]
    _connection: Connection

    def changed_since(self) -> Iterator[tuple[str, UUID]]:
        """(profile, passage) pairs that were embedded then and are not, or were embedded anew.

        Their points may be newer than the dump. Ends the moment: the dump must be done.
        """
        self._connection.commit()
        rows = self._connection.execution_options(yield_per=1000).execute(_CHANGED)
        yield from ((row.fingerprint, row.passage_id) for row in rows)


@contextmanager
def moment(engine: Engine) -> Iterator[Moment]:
    """Hold the database's present. Raises DatabaseUnavailable, SchemaMismatch where there is no schema."""
    try:
        with engine.connect() as connection:
            yield _held(connection)
    except (OperationalError, PoolTimeout) as error:
        raise unavailable(error) from error


def _held(connection: Connection) -> Moment:
    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
    for limit in ("idle_in_transaction_session_timeout", "statement_timeout"):  # the dump may take hours
        connection.execute(text(f"SET {limit} = 0"))
    revision = revision_of(connection)
    if revision is None:
        raise SchemaMismatch("The database has no schema yet: there is nothing to back up.")
    connection.execute(_REMEMBER)
    return Moment(
        snapshot=str(snapshot),
        revision=revision,
        server_version=str(connection.scalar(text("SHOW server_version"))),
        counts=dict(connection.execute(_COUNTS).one()._mapping),
        embedded={row.fingerprint: row.embedded for row in connection.execute(_EMBEDDED)},
        _connection=connection,
    )
