"""Snapshots: one file with all that a collection is, but for its aliases, as upstream's."""

import hashlib
import io
import json
import tarfile
import time
import zlib
from pathlib import Path
from typing import Any

from engine import Engine
from qdrant_client import models

_BATCH = 500


class Snapshots:
    """Files in a folder for each collection. The format is this stand-in's own."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    def create(self, collection: str) -> models.SnapshotDescription:
        """Write the collection as it is now."""
        with self._engine.client():
            facts = {"params": self._engine.params(collection), "indexes": self._engine.indexes(collection)}
            points = [point.model_dump(mode="json") for point in self._engine.points(collection)]
        folder = self._folder / collection
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{collection}-1-{time.strftime('%Y-%m-%d-%H-%M-%S', time.gmtime())}.snapshot"
        with tarfile.open(file, "w:gz", compresslevel=1) as archive:
            _put(archive, "facts.json", facts)
            _put(archive, "points.json", points)
        return _description(file)

    def every(self, collection: str) -> list[models.SnapshotDescription]:
        """Those that are kept."""
        return [_description(file) for file in sorted((self._folder / collection).glob("*.snapshot"))]

    def file(self, collection: str, name: str) -> Path:
        """One of them. Raises FileNotFoundError where it is not."""
        if name not in {one.name for one in self.every(collection)}:
            raise FileNotFoundError(f"Snapshot {name} not found")
        return self._folder / collection / name

    def delete(self, collection: str, name: str) -> bool:
        """Remove one."""
        self.file(collection, name).unlink()
        return True

    def recover(self, collection: str, snapshot: bytes, checksum: str | None) -> bool:
        """Make the collection what the snapshot says; its aliases stay. A damaged file changes nothing."""
        if checksum and hashlib.sha256(snapshot).hexdigest() != checksum.lower():
            raise ValueError("Snapshot checksum mismatch")
        facts, points = _read(snapshot)
        with self._engine.client() as client:
            aliases = client.get_collection_aliases(collection).aliases if self._present(collection) else []
            self._engine.delete(collection)
            self._engine.create(collection, facts["params"])
            for field, kind in facts["indexes"].items():
                self._engine.index(collection, field, kind)
            for start in range(0, len(points), _BATCH):
                client.upsert(collection, points[start : start + _BATCH])
            client.update_collection_aliases([_alias(collection, one.alias_name) for one in aliases])
        return True

    def _present(self, collection: str) -> bool:
        with self._engine.client() as client:
            return client.collection_exists(collection)


def _alias(collection: str, name: str) -> models.CreateAliasOperation:
    return models.CreateAliasOperation(
        create_alias=models.CreateAlias(collection_name=collection, alias_name=name)
    )


def _put(archive: tarfile.TarFile, name: str, content: Any) -> None:
    data = json.dumps(content).encode()
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


def _read(snapshot: bytes) -> tuple[dict[str, Any], list[models.PointStruct]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(snapshot), mode="r:gz") as archive:
            facts, points = (json.load(archive.extractfile(name)) for name in ("facts.json", "points.json"))
    except (tarfile.TarError, zlib.error, OSError, EOFError, KeyError) as error:
        raise ValueError(f"the snapshot cannot be read: {error}") from error
    return facts, [models.PointStruct.model_validate(one) for one in points]


def _description(file: Path) -> models.SnapshotDescription:
    facts = file.stat()
    return models.SnapshotDescription(
        name=file.name,
        creation_time=time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(facts.st_mtime)),
        size=facts.st_size,
        checksum=hashlib.sha256(file.read_bytes()).hexdigest(),
    )
