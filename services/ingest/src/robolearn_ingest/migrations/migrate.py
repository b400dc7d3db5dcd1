"""Bring a database to the newest revision, however many processes try at once."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from robolearn.domain.errors import SchemaMismatch
from robolearn.observability import get_logger
from robolearn.storage.schema import revision_of
from robolearn_ingest.migrations.connection import LIMITS, Limits, alone, connected

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MigrationResult:
    """The revisions before (None: an empty database) and after."""

    from_revision: str | None
    to_revision: str

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.from_revision != self.to_revision


def migrate(url: str, limits: Limits = LIMITS) -> MigrationResult:
    """Migrate the database at `url` to the head. Safe to start by many at once; at the head it takes no lock.

    Raises DatabaseUnavailable (unreachable, refused, or a lock not won in time), SchemaMismatch (a revision
    that this release does not know, or tables that no migration made).
    """
    with connected(url, limits) as connection:
        found = _known_revision(connection)
        if found == head():
            return MigrationResult(found, found)
        with alone(connection, limits):
            return _upgrade(connection)


def head() -> str:
    """The newest revision that this release knows."""
    revision = _script().get_current_head()
    assert revision is not None  # noqa: S101 - the package holds at least one
    return revision


def _upgrade(connection: Connection) -> MigrationResult:
    found = _known_revision(connection)
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
        connection.commit()
    except OperationalError:
        raise
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise SchemaMismatch(
            f"The schema cannot be brought from {found or 'nothing'} to {head()}: {reason}.",
            "Nothing was changed. Check that DATABASE_URL names the platform's own database and its owner.",
        ) from error
    if found != head():
        log.info("schema.migrated", from_revision=found, to_revision=head())
    return MigrationResult(found, head())


def _known_revision(connection: Connection) -> str | None:
    found = revision_of(connection)
    connection.rollback()
    if found is not None and found not in {one.revision for one in _script().walk_revisions()}:
        raise SchemaMismatch(
            f"The database is at revision {found}, which this release (head {head()}) does not know.",
            "Run a release at least as new as the one that migrated it.",
        )
    return found


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
