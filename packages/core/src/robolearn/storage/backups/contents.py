"""What a database holds before it is restored into."""

from dataclasses import dataclass

from sqlalchemy import Engine, text

from robolearn.storage.engine import transaction

# A program that has started on an empty database has left these.
_OF_NO_VALUE = ("alembic_version", "embedding_profile")

_TABLES = text("""
    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name, tablename
    FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
""")

_USERS = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'robolearn'
""")


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows by table, where there are any; the server's version; how many of our programs are connected."""

    rows: dict[str, int]
    server_version: str
    users: int


def contents(engine: Engine) -> Contents:
    """Look. Raises DatabaseUnavailable."""
    with transaction(engine) as connection:
        tables = [one for one in connection.execute(_TABLES) if one.tablename not in _OF_NO_VALUE]
        counted = {
            one.tablename: int(connection.scalar(text(f"SELECT count(*) FROM {one.name}")) or 0)  # noqa: S608 - quoted above
            for one in tables
        }
        version = str(connection.scalar(text("SHOW server_version")))
        users = int(connection.scalar(_USERS) or 0)
    return Contents({name: count for name, count in counted.items() if count}, version, users)
