"""Whether a backup is what was written."""

from pathlib import Path

from robolearn_worker.backup.failures import BackupDamaged
from robolearn_worker.backup.manifest import File, Manifest, read


def check_sizes(folder: Path) -> Manifest:
    """The quick look: all files are there, with their sizes. Raises BackupDamaged."""
    manifest = read(folder)
    for name, file in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise _damaged(folder, f"{name} is missing")
        if (size := path.stat().st_size) != file.size:
            raise _damaged(folder, f"{name} has {size} bytes instead of {file.size}")
    return manifest


def check_contents(folder: Path) -> Manifest:
    """Read everything and compare the checksums. Raises BackupDamaged."""
    manifest = check_sizes(folder)
    for name, file in manifest.files.items():
        if File.of(folder / name) != file:
            raise _damaged(folder, f"{name} is not what was written (its sha256 differs)")
    return manifest


def _damaged(folder: Path, reason: str) -> BackupDamaged:
    return BackupDamaged(f"Backup {folder.name} is damaged: {reason}.", "Use another backup.")
