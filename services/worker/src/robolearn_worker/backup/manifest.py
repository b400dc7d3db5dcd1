"""What a backup says of itself."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from robolearn_worker.backup.failures import BackupDamaged

# Raise it when a release could misread what this one writes.
FORMAT = 1

MANIFEST = "manifest.json"
DATABASE = "database.dump"
CHANGED = "changed.txt"


class File(BaseModel):
    """A file of the backup."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    size: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """Read the file to its end."""
        with path.open("rb") as content:
            return cls(sha256=hashlib.file_digest(content, "sha256").hexdigest(), size=path.stat().st_size)


class Manifest(BaseModel):
    """`collections` gives each collection's file, `embedded` the number of embedded passages by profile."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    created: datetime
    release: str
    schema_revision: str
    postgres_version: str
    client_version: str
    qdrant_version: str
    counts: dict[str, int]
    embedded: dict[str, int]
    collections: dict[str, str]
    aliases: dict[str, str]
    files: dict[str, File]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files.values())


class _Format(BaseModel):
    format: int


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupDamaged, also for a format that this release does not know."""
    try:
        text = (folder / MANIFEST).read_text()
        found = _Format.model_validate_json(text).format
        if found != FORMAT:
            raise BackupDamaged(
                f"Backup {folder.name} is of format {found}, and this release reads format {FORMAT}.",
                "Use the release that took it: it is in the backup's name.",
            )
        return Manifest.model_validate_json(text)
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise BackupDamaged(
            f"Backup {folder.name} is damaged: its {MANIFEST} cannot be read.", "Use another backup."
        ) from error
