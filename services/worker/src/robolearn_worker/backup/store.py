"""The folder of backups: each one whole under its name, or not there."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from robolearn_worker.backup.checking import check_sizes
from robolearn_worker.backup.failures import BackupDamaged, BackupFailed
from robolearn_worker.backup.manifest import MANIFEST, Manifest

_PARTIAL = ".partial"
_LOCK = ".lock"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Entry:
    """A backup; without a manifest, what is wrong with it."""

    name: str
    folder: Path
    manifest: Manifest | None
    problem: str = ""


class Store:
    """Backups in one folder, which may be shared: one process at a time changes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self) -> list[Entry]:
        """All backups, newest first."""
        if not self.folder.is_dir():
            return []
        names = [one.name for one in self.folder.iterdir() if one.is_dir() and not _hidden(one.name)]
        return [self._entry(name) for name in sorted(names, reverse=True)]

    def whole(self) -> list[tuple[Entry, Manifest]]:
        """Those that look whole, newest first."""
        return [(entry, entry.manifest) for entry in self.entries() if entry.manifest]

    def find(self, name: str) -> Path:
        """The folder of one backup, or of the newest whole one by the name `latest`. Raises BackupFailed."""
        if name == "latest":
            for entry, _ in self.whole():
                return entry.folder
            raise BackupFailed(f"There is no whole backup in {self.folder}.", "Check BACKUP_DIR.")
        if name not in {entry.name for entry in self.entries()}:
            raise BackupFailed(
                f"There is no backup {name} in {self.folder}.", "See the names with the command `backups`."
            )
        return self.folder / name

    @contextmanager
    def changing(self, bury: Callable[[Path], None] = shutil.rmtree) -> Iterator[None]:
        """Be the only one that changes the folder; what a killed process has left is buried first.

        Raises BackupFailed.
        """
        with self._locked():
            for left in self.folder.glob(f"*{_PARTIAL}"):
                bury(left)
            yield

    @contextmanager
    def writing(self, created: datetime, release: str) -> Iterator[Path]:
        """A new folder that gets its name once it is complete, and is gone after an error."""
        partial = self.folder / f"{self._free_name(created, release)}{_PARTIAL}"
        partial.mkdir(mode=0o700)
        try:
            yield partial
            _to_disk(partial)
            partial.rename(partial.with_name(partial.name.removesuffix(_PARTIAL)))
            _sync(self.folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise

    def delete(self, name: str) -> None:
        """Delete a backup; a kill on the way leaves nothing that looks whole."""
        doomed = self.folder / f"{name}{_PARTIAL}"
        (self.folder / name).rename(doomed)
        shutil.rmtree(doomed)

    def _entry(self, name: str) -> Entry:
        try:
            return Entry(name, self.folder / name, check_sizes(self.folder / name))
        except BackupDamaged as error:
            return Entry(name, self.folder / name, None, error.reason)

    def _free_name(self, created: datetime, release: str) -> str:
        moment = created.astimezone(UTC)
        while (self.folder / (name := f"{moment.strftime(_STAMP)}-{release}")).exists():
            moment += timedelta(seconds=1)
        return name

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / _LOCK).open("w")
        except OSError as error:
            raise BackupFailed(
                f"BACKUP_DIR ({self.folder}) cannot be written to: {error.strerror}.",
                "Give the folder to this program's user, or choose another.",
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupFailed(
                    f"Another process is changing the backups in {self.folder}.", "Try again once it is done."
                ) from None
            yield


def _hidden(name: str) -> bool:
    return name.startswith(".") or name.endswith(_PARTIAL) or name == "lost+found"


def _to_disk(folder: Path) -> None:
    for file in folder.iterdir():
        _sync(file)
    if not (folder / MANIFEST).is_file():
        raise RuntimeError("A backup without its manifest was about to get its name.")
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
