"""A world whose index is a server, as backups need it, and what takes and restores backups of it."""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text

from robolearn import bootstrap
from robolearn.domain.page import embedding_text
from robolearn.ports.snapshots import VectorSnapshots
from robolearn.vectors.qdrant import QdrantIndex
from robolearn_worker.backup.manifest import Manifest
from robolearn_worker.backup.restoring import Restored, Restoring
from robolearn_worker.backup.store import Store
from robolearn_worker.backup.taking import Taking
from robolearn_worker.indexing import Indexing
from robolearn_worker.settings import IndexingSettings, WorkerSettings

STANDIN = Path(__file__).parents[5] / "tests" / "standins" / "qdrant" / "server.py"
KEY = "key-of-the-tests"


@pytest.fixture(scope="session")
def qdrant_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a server that speaks Qdrant's REST API."""
    folder = tmp_path_factory.mktemp("qdrant")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {
        "QDRANT__SERVICE__HOST": "127.0.0.1",
        "QDRANT__SERVICE__HTTP_PORT": str(port),
        "QDRANT__SERVICE__API_KEY": KEY,
        "QDRANT__STORAGE__STORAGE_PATH": str(folder / "storage"),
        "QDRANT__STORAGE__SNAPSHOTS_PATH": str(folder / "snapshots"),
    }
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, str(STANDIN)], env=os.environ | environment, stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"
    _await(f"{url}/readyz")
    yield url
    server.terminate()
    server.wait(20)


def _await(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            httpx.get(url).raise_for_status()
        except httpx.HTTPError:
            assert time.monotonic() < deadline, "the stand-in did not start"
            time.sleep(0.05)
        else:
            return


@pytest.fixture
def settings_of_all(database_url: str, qdrant_server: str, tmp_path: Path) -> WorkerSettings:
    return WorkerSettings.model_validate(
        {
            "database": {"url": database_url},
            "qdrant": {"url": qdrant_server, "api_key": KEY},
            "worker": {"heartbeat_file": tmp_path / "heartbeat.json"},
            "backup": {"dir": tmp_path / "backups"},
        }
    )


@pytest.fixture
def snapshots(settings_of_all: WorkerSettings) -> Iterator[VectorSnapshots]:
    """The server, emptied."""
    with bootstrap.snapshots(settings_of_all.qdrant) as opened:
        for collection in opened.collections():
            opened.drop(collection)
        yield opened


@pytest.fixture
def real_world(real_world: Any, snapshots: VectorSnapshots, settings_of_all: WorkerSettings) -> Iterator[Any]:
    index = QdrantIndex(settings_of_all.qdrant)
    real_world.adapters = replace(real_world.adapters, index=index)
    yield real_world
    index.close()


@dataclass
class Site:
    """The platform's data, and its backups."""

    world: Any
    settings: WorkerSettings
    snapshots: VectorSnapshots
    indexing: Indexing

    @property
    def store(self) -> Store:
        return Store(self.settings.backup.dir)

    @property
    def collection(self) -> str:
        found: str = self.world.embedder.profile.collection
        return found

    def index(self) -> None:
        """What the worker's sweeps do."""
        self.indexing.remove()
        self.indexing.embed()

    def take(self, snapshots: Any = None) -> tuple[str, Manifest]:
        with bootstrap.backup_database(self.settings.database) as database:
            return Taking(self.store, database, snapshots or self.snapshots).take()

    def restore(self, name: str = "latest", **options: bool) -> list[Restored]:
        self.world.engine.dispose()  # whoever restores has stopped all programs
        options = {"replace": False, "vectors": True} | options
        with bootstrap.backup_database(self.settings.database) as database:
            restoring = Restoring(database, self.snapshots, self.world.adapters.index)
            return restoring.restore(self.store.find(name), **options)

    def tables(self) -> dict[str, str]:
        """A digest of all rows of each table."""
        engine = create_engine(self.world.engine.url)
        with engine.connect() as connection:
            names = connection.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            ).all()
            found = {}
            for name in names:
                rows = connection.scalars(text(f"SELECT row::text FROM {name} AS row ORDER BY 1")).all()
                found[name] = f"{len(rows)} {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()}"
        engine.dispose()
        return found

    def points(self) -> dict[str, Any]:
        """All points of the profile with their vectors and payloads."""
        headers, found, offset = {"api-key": KEY}, {}, None
        while True:
            asked = {"limit": 500, "with_payload": True, "with_vector": True, "offset": offset}
            url = f"{self.settings.qdrant.url}/collections/{self.collection}/points/scroll"
            page = httpx.post(url, json=asked, headers=headers).raise_for_status().json()["result"]
            found |= {one["id"]: (one["vector"], one["payload"]) for one in page["points"]}
            offset = page["next_page_offset"]
            if offset is None:
                return found

    def texts(self) -> dict[str, tuple[str, bool]]:
        """What is embedded of each passage, and whether it is said to be."""
        with self.world.engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT passage.id, heading_path, text, state.state = 'embedded' AS embedded "
                    "FROM passage LEFT JOIN passage_vector_state AS state ON passage_id = passage.id"
                )
            ).all()
        return {str(row.id): (embedding_text(row.heading_path, row.text), bool(row.embedded)) for row in rows}

    def on_the_server(self) -> list[str]:
        """Snapshots that the server keeps."""
        url = f"{self.settings.qdrant.url}/collections/{self.collection}/snapshots"
        listed = httpx.get(url, headers={"api-key": KEY}).raise_for_status().json()["result"]
        return [one["name"] for one in listed]

    def wipe(self) -> None:
        """Lose the database's rows and the whole index."""
        with self.world.engine.begin() as connection:
            connection.execute(text("DELETE FROM source"))
            for table in ("vector_removal", "vector_cache", "passage_vector_state", "embedding_profile"):
                connection.execute(text(f"DELETE FROM {table}"))
        for collection in self.snapshots.collections():
            self.snapshots.drop(collection)


@pytest.fixture
def site(
    real_world: Any, settings_of_all: WorkerSettings, snapshots: VectorSnapshots, tmp_path: Path
) -> Site:
    """A hundred passages, all embedded."""
    indexing = Indexing(
        IndexingSettings(batch_size=40, heartbeat_file=tmp_path / "beat"), lambda: real_world.adapters
    )
    made = Site(real_world, settings_of_all, snapshots, indexing)
    made.world.add(*[f"The robot's lesson number {number}" for number in range(100)])
    made.index()
    return made


@pytest.fixture
def command(settings_of_all: WorkerSettings) -> Callable[..., "subprocess.Popen[str]"]:
    """Start `python -m robolearn_worker` on the same site."""
    here = settings_of_all
    environment = {
        "DATABASE_URL": here.database.url.get_secret_value(),
        "QDRANT_URL": str(here.qdrant.url),
        "QDRANT_API_KEY": KEY,
        "BACKUP_DIR": str(here.backup.dir),
        "WORKER_HEARTBEAT_FILE": str(here.worker.heartbeat_file),
    }

    def start(*arguments: str, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "robolearn_worker", *arguments],
            env=os.environ | environment | more,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    return start
