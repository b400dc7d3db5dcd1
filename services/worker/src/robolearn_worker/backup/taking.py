"""Take a backup: the database and the index of one moment, or nothing."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from robolearn.domain.errors import IndexUnavailable
from robolearn.observability import get_logger
from robolearn.ports.snapshots import VectorSnapshots
from robolearn.storage.backups import BackupDatabase, Moment
from robolearn_worker.backup.dumping import dump, require_client
from robolearn_worker.backup.manifest import CHANGED, DATABASE, MANIFEST, File, Manifest
from robolearn_worker.backup.programs import client_version
from robolearn_worker.backup.store import Store

log = get_logger(__name__)

RELEASE = version("robolearn-worker")

_NOTES = "snapshots-on-the-server.txt"


class Taking:
    """What a backup is taken of, and where it goes."""

    def __init__(self, store: Store, database: BackupDatabase, snapshots: VectorSnapshots) -> None:
        self._store = store
        self._database = database
        self._snapshots = snapshots

    def take(self) -> tuple[str, Manifest]:
        """Its name and what is in it. Raises BackupFailed, DatabaseUnavailable, IndexUnavailable."""
        created = datetime.now(UTC)
        with self._store.changing(self._bury):
            with self._store.writing(created, RELEASE) as folder:
                manifest = self._write(folder, created)
                (folder / _NOTES).unlink()  # only now: what it names is gone from the server
                (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n")
            name = folder.name.removesuffix(".partial")
        log.info("backup.taken", name=name, bytes=manifest.size, **manifest.counts)
        return name, manifest

    def _write(self, folder: Path, created: datetime) -> Manifest:
        """The index is asked while the moment is held: its snapshots are at most seconds newer."""
        with self._database.moment() as held, self._taken(folder) as names:
            require_client(held.server_version)
            aliases, qdrant = self._snapshots.aliases(), self._snapshots.version()
            dump(self._database.client_environment, held.snapshot, folder / DATABASE)
            _write_changed(held, folder / CHANGED)
            collections = self._fetch(names, folder)
            written = sorted(set(folder.iterdir()) - {folder / _NOTES})
            return Manifest(
                created=created,
                release=RELEASE,
                schema_revision=held.revision,
                postgres_version=held.server_version,
                client_version=client_version(),
                qdrant_version=qdrant,
                counts=held.counts,
                embedded=held.embedded,
                collections=collections,
                aliases={alias: target for alias, target in aliases.items() if target in collections},
                files={file.name: File.of(file) for file in written},
            )

    @contextmanager
    def _taken(self, folder: Path) -> Iterator[dict[str, str]]:
        """Snapshots on the server by collection; deleted there in the end, for they would fill its disk.

        They are noted in the folder, so that those of a killed backup are deleted with what it left here.
        """
        with ExitStack() as undo, (folder / _NOTES).open("x") as notes:
            names: dict[str, str] = {}
            for collection in self._snapshots.collections():
                names[collection] = self._snapshots.take(collection)
                print(collection, names[collection], file=notes, flush=True)
                undo.callback(self._discard, collection, names[collection])
            yield names

    def _bury(self, left: Path) -> None:
        """Remove what a killed backup has left here and on the server."""
        notes = left / _NOTES
        for note in notes.read_text().splitlines() if notes.exists() else ():
            collection, _, name = note.partition(" ")
            self._discard(collection, name)
        shutil.rmtree(left)

    def _fetch(self, names: dict[str, str], folder: Path) -> dict[str, str]:
        files = {collection: f"{collection}.snapshot" for collection in names}
        for collection, file in files.items():
            self._snapshots.fetch(collection, names[collection], folder / file)
        return files

    def _discard(self, collection: str, name: str) -> None:
        try:
            self._snapshots.discard(collection, name)
        except IndexUnavailable as error:
            log.warning("backup.snapshot_left", collection=collection, snapshot=name, reason=str(error))


def _write_changed(held: Moment, file: Path) -> None:
    with file.open("x") as target:
        target.writelines(f"{profile} {passage}\n" for profile, passage in held.changed_since())
