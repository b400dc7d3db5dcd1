"""Where the database is, as PostgreSQL's own client programs are told."""

from robolearn.settings import DatabaseSettings
from robolearn.storage.engine import psycopg2_url


def client_environment(settings: DatabaseSettings) -> dict[str, str]:
    """Variables for `pg_dump` and `psql`: a password in the environment is in no list of processes."""
    url = psycopg2_url(settings.url.get_secret_value())
    said = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        "PGCONNECT_TIMEOUT": str(settings.connect_timeout_seconds),
        "PGAPPNAME": "robolearn-backup",
    }
    said |= {f"PG{key.upper()}": str(value) for key, value in url.query.items() if key.startswith("ssl")}
    return {key: value for key, value in said.items() if value}
