"""Which revision of the schema this program needs, told without the migration tool."""

from sqlalchemy import Connection, Engine, text

from robolearn.domain.errors import SchemaMismatch
from robolearn.storage.engine import transaction

# The head of the migrations; a test holds the two together.
EXPECTED_REVISION = "2026_11_23_indexing"


def revision_of(connection: Connection) -> str | None:
    """The revision of the connection's database; None before the first migration."""
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def current_revision(engine: Engine) -> str | None:
    """The database's revision; None before the first migration. Raises DatabaseUnavailable."""
    with transaction(engine) as connection:
        return revision_of(connection)


def require_revision(engine: Engine) -> None:
    """Raise SchemaMismatch unless the database is at the revision that this program was written for."""
    found = current_revision(engine)
    if found == EXPECTED_REVISION:
        return
    if found is None:
        raise SchemaMismatch("The database has no schema yet.", "Run `robolearn migrate`.")
    raise SchemaMismatch(
        f"The database is at revision {found}, and this program needs {EXPECTED_REVISION}.",
        "Run `robolearn migrate`, or a newer release if the database is ahead.",
    )
