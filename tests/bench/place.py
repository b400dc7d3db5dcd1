"""What all benchmarks of a run share: a folder, a PostgreSQL server, the model, the curricula."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
from psycopg2.extensions import connection as Connection
from tests.bench.fresh import ROOT

from robolearn_cli.postgres import EmbeddedPostgres
from robolearn_ingest.migrations import migrate

SAMPLE = ROOT / "curriculum"
REAL = ROOT.parent / "shared" / "curricula"
MODEL = Path(os.environ.get("EMBEDDING_MODEL_DIR", ROOT / ".data" / "models" / "minilm"))
TEMPLATE = "bench_template"
SHARED_MEMORY = Path("/dev/shm")


@dataclass(slots=True)
class Place:
    """`repeats` says how often each side is measured; `quick` asks for a smaller load.

    `folder` is on the disk; `memory` is not, where the machine has such a place, so that flushing a shared
    disk thousands of times does not hide what is compared.
    """

    folder: Path
    memory: Path
    server: str
    repeats: int
    quick: bool
    _databases: int = 0

    def database(self, *, empty: bool = False) -> str:
        """URL of a new database, with our schema at head or empty; no write of others is pending."""
        self._databases += 1
        name = f"bench_{self._databases}"
        source = "template1" if empty else TEMPLATE
        with administration(self.server) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
            cursor.execute("CHECKPOINT")
        return named(self.server, name)


@contextmanager
def prepared(*, repeats: int, quick: bool) -> Iterator[Place]:
    """A place with a running server, removed at the end."""
    with _folder(None) as folder, _folder(SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as memory:
        folder.chmod(0o755)
        postgres = EmbeddedPostgres(folder / "postgres", durable=True)
        url = postgres.start()
        try:
            with administration(url) as connection, connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {TEMPLATE}")
            migrate(named(url, TEMPLATE))
            yield Place(folder, memory, url, repeats, quick)
        finally:
            postgres.stop()


@contextmanager
def _folder(where: Path | None) -> Iterator[Path]:
    with TemporaryDirectory(prefix="robolearn-bench-", dir=where) as name:
        yield Path(name)


@contextmanager
def administration(url: str) -> Iterator[Connection]:
    """A connection on which every statement is committed at once."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


def named(url: str, database: str) -> str:
    """URL of another database on the same server."""
    return f"{url.rsplit('/', 1)[0]}/{database}"
