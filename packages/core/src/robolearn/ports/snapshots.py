"""Whole collections of the vector index as files, for backups."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class VectorSnapshots(Protocol):
    """Snapshots of our collections, and their aliases. Every method raises IndexUnavailable."""

    def version(self) -> str:
        """The server's version: a snapshot can be read by the same minor version."""
        ...

    def collections(self) -> list[str]:
        """The names of the collections that are ours."""
        ...

    def aliases(self) -> dict[str, str]:
        """The collection behind each alias that leads to one of ours; no snapshot holds them."""
        ...

    def take(self, collection: str) -> str:
        """Make a snapshot on the server; its name there. What is written later is not in it."""
        ...

    def fetch(self, collection: str, name: str, file: Path) -> None:
        """Write a snapshot that was taken to a new file."""
        ...

    def discard(self, collection: str, name: str) -> None:
        """Delete a snapshot on the server. Absence is no error."""
        ...

    def recover(self, collection: str, file: Path) -> None:
        """Make the collection what the snapshot in the file says, whether it existed or not."""
        ...

    def drop(self, collection: str) -> None:
        """Delete a collection. Absence is no error."""
        ...

    def point(self, aliases: Mapping[str, str]) -> None:
        """Make each alias lead to its collection, all in one step."""
        ...
