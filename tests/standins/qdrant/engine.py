"""The engine inside qdrant-client, for many threads, with what a server keeps besides."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from qdrant_client import QdrantClient, models
from qdrant_client.local.qdrant_local import QdrantLocal
from register import Register

# What local mode says to those who would use it for more than tests.
warnings.filterwarnings("ignore", "Local mode is not recommended")


class Taken(ValueError):
    """The name is another collection's."""


class Engine:
    """One client, used by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._client = QdrantClient(path=str(folder), force_disable_check_same_thread=True)
        self._register = Register(folder / "register.json")
        self._lock = RLock()
        for name in self._local.collections:
            self._quicken(name)

    @property
    def _local(self) -> QdrantLocal:
        return self._client._client  # its collections' files are not to be had from outside

    @contextmanager
    def client(self) -> Iterator[QdrantClient]:
        """The client, for one thread at a time."""
        with self._lock:
            yield self._client

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def create(self, collection: str, asked: dict[str, Any]) -> None:
        """Create a collection. Raises Taken where there is one."""
        body = models.CreateCollection.model_validate(asked)
        with self._lock:
            if self._client.collection_exists(collection):
                raise Taken(f"Wrong input: Collection `{collection}` already exists!")
            self._client.create_collection(
                collection, vectors_config=body.vectors or {}, sparse_vectors_config=body.sparse_vectors
            )
            self._register.add(collection, asked)
            self._quicken(collection)

    def delete(self, collection: str) -> bool:
        """Delete a collection with its aliases; whether there was one."""
        with self._lock:
            present = collection in self._local.collections
            self._client.delete_collection(collection)
            self._register.remove(collection)
            return present

    def index(self, collection: str, field: str, kind: str | None) -> None:
        """Note a payload index, or its end: the engine finds the same without."""
        with self._lock:
            self._register.index(self._named(collection), field, kind)

    def params(self, collection: str) -> dict[str, Any]:
        """How a collection was asked for."""
        with self._lock:
            return self._register.params(self._named(collection))

    def indexes(self, collection: str) -> dict[str, str]:
        """The kind of each indexed field."""
        with self._lock:
            return dict(self._register.indexes(self._named(collection)))

    def points(self, collection: str) -> list[models.PointStruct]:
        """All points as they were written, before any normalisation."""
        with self._lock:
            return list(self._local.collections[self._named(collection)].storage.load())

    def _named(self, collection: str) -> str:
        """The collection itself, where the name is an alias. Raises ValueError where there is none."""
        self._client.get_collection(collection)
        return self._local.aliases.get(collection, collection)

    def _quicken(self, collection: str) -> None:
        """Writes survive a kill of this process; surviving the machine's end would cost a flush a point."""
        connection = self._local.collections[collection].storage.storage
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
