"""What a backup must not be restored into."""

from robolearn.storage.backups import Contents
from robolearn.storage.schema import EXPECTED_REVISION
from robolearn_worker.backup.failures import RestoreRefused
from robolearn_worker.backup.manifest import Manifest
from robolearn_worker.backup.programs import client_version, major


def refuse(name: str, manifest: Manifest, into: Contents, *, replace: bool, in_use: bool = False) -> None:
    """Raise RestoreRefused for the first reason not to restore. `in_use`: connected programs are none yet."""
    _schema(name, manifest)
    _versions(name, manifest, into)
    if not in_use:
        _users(into)
    if not replace:
        _rows(name, into)


def same_minor(server: str, backup: str) -> bool:
    """Whether the server can read the backup's snapshots: Qdrant promises it within one minor version."""
    return server.split(".")[:2] == backup.split(".")[:2]


def _schema(name: str, manifest: Manifest) -> None:
    if manifest.schema_revision != EXPECTED_REVISION:
        raise RestoreRefused(
            f"Backup {name} has the schema {manifest.schema_revision} of release {manifest.release}, and "
            f"this release has {EXPECTED_REVISION}.",
            f"Restore it with release {manifest.release}; if that is older, upgrade and migrate afterwards.",
        )


def _versions(name: str, manifest: Manifest, into: Contents) -> None:
    if major(into.server_version) < major(manifest.postgres_version):
        raise RestoreRefused(
            f"Backup {name} is of PostgreSQL {manifest.postgres_version}, and the server is older: "
            f"{into.server_version}.",
            f"Restore into PostgreSQL {major(manifest.postgres_version)} or newer.",
        )
    if major(client_version()) < major(manifest.client_version):
        raise RestoreRefused(
            f"Backup {name} was written by pg_dump {manifest.client_version}, and the client programs here "
            f"are older: {client_version()}.",
            f"Install PostgreSQL's client programs {major(manifest.client_version)} or newer.",
        )


def _users(into: Contents) -> None:
    if into.users:
        raise RestoreRefused(
            f"The database is in use by {into.users} connections of the platform's programs.",
            "Stop the api, the worker, beat and ingest first: they would mix the old and the restored state.",
        )


def _rows(name: str, into: Contents) -> None:
    if into.rows:
        held = ", ".join(f"{count} rows in {table}" for table, count in list(into.rows.items())[:6])
        raise RestoreRefused(
            f"The database is not empty ({held}), and restoring {name} would replace all of it.",
            "Say --replace if that is meant; a backup of what is there now costs little.",
        )
