"""The way back: first everything that could refuse, then the database, then the index."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from robolearn.domain.errors import IndexUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.observability import get_logger
from robolearn.ports.index import VectorIndex
from robolearn.ports.snapshots import VectorSnapshots
from robolearn.storage.backups import BackupDatabase
from robolearn_worker.backup.checking import check_contents
from robolearn_worker.backup.dumping import load
from robolearn_worker.backup.manifest import CHANGED, DATABASE, Manifest
from robolearn_worker.backup.refusing import refuse, same_minor
from robolearn_worker.reconciling import Reconciled, reconcile_profile

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of one profile's index. `recovered` is false where it has to be rebuilt."""

    profile: EmbeddingProfile
    recovered: bool
    found: Reconciled
    pending: int


class Restoring:
    """What a backup is restored into."""

    def __init__(self, database: BackupDatabase, snapshots: VectorSnapshots, index: VectorIndex) -> None:
        self._database = database
        self._snapshots = snapshots
        self._index = index

    def restore(self, folder: Path, *, replace: bool, vectors: bool) -> list[Restored]:
        """The state of each index. Raises BackupDamaged and RestoreRefused before anything is touched.

        Whatever is not recovered is pending afterwards: its vectors come from the cache in the database.
        """
        manifest = self.check(folder, replace=replace)
        vectors = vectors and self._readable(manifest)
        load(self._database.client_environment, folder / DATABASE)
        recovered = self._recover(folder, manifest) if vectors else self._recover(folder, None)
        self._database.settle(_changed(folder), recovered)
        restored = [self._mend(profile, recovered) for profile in self._database.profiles()]
        present = set(self._snapshots.collections())
        self._snapshots.point({one: to for one, to in manifest.aliases.items() if to in present})
        return restored

    def check(self, folder: Path, *, replace: bool, in_use: bool = False) -> Manifest:
        """What the backup holds. Raises BackupDamaged, RestoreRefused; `in_use` lets programs connect."""
        manifest = check_contents(folder)
        refuse(folder.name, manifest, self._database.contents(), replace=replace, in_use=in_use)
        self._snapshots.collections()  # an index that is away is told before the database is replaced
        return manifest

    def _readable(self, manifest: Manifest) -> bool:
        server = self._snapshots.version()
        readable = same_minor(server, manifest.qdrant_version)
        if not readable:
            log.warning("restore.vectors_rebuilt", server=server, backup=manifest.qdrant_version)
        return readable

    def _recover(self, folder: Path, manifest: Manifest | None) -> set[str]:
        """Fingerprints whose collections were recovered; others of ours are gone: their points are newer."""
        for collection in self._snapshots.collections():
            self._snapshots.drop(collection)
        recovered = set()
        for collection, file in (manifest.collections if manifest else {}).items():
            try:
                self._snapshots.recover(collection, folder / file)
            except IndexUnavailable as error:
                log.warning("restore.vectors_rebuilt", collection=collection, reason=str(error))
                self._snapshots.drop(collection)
            else:
                recovered.add(collection.rpartition("-")[2])
        return recovered

    def _mend(self, profile: EmbeddingProfile, recovered: set[str]) -> Restored:
        found = reconcile_profile(self._database.ledger, self._index, profile)
        pending = self._database.ledger.counts(profile).pending
        return Restored(profile, profile.fingerprint in recovered, found, pending)


def _changed(folder: Path) -> dict[str, list[UUID]]:
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    with (folder / CHANGED).open() as lines:
        for line in lines:
            profile, passage = line.split()
            found[profile].append(UUID(passage))
    return found
