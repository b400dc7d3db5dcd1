"""Everything that api and worker ask of the database, through a real PgBouncer in transaction mode.

Two server connections serve five clients, so that hardly a transaction meets the session of the one before.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import SearchFilters
from robolearn.settings import DatabaseSettings
from robolearn.storage.catalogue import SqlCatalogue
from robolearn.storage.engine import create_pool, transaction
from robolearn.storage.ledger import SqlLedger
from robolearn.storage.passages import SqlPassageSearch
from robolearn.storage.reading import Reader
from robolearn.storage.reading_pool import create_reading_pool
from robolearn.storage.schema import require_revision
from robolearn.testing.rows import InsertedCourse

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
NOBODY = 65534
LIMITS = text("SELECT current_setting('statement_timeout') AS timeout, current_setting('jit') AS jit")
CONFIGURATION = """
[databases]
* = host={host} port={port} user={user} password={password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
server_lifetime = 5
"""

pytestmark = pytest.mark.skipif(not PROGRAM, reason="PgBouncer is not installed (Debian: pgbouncer)")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "PgBouncer does not listen"
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def pooler(postgres_server: str) -> Iterator[int]:
    """The port of a PgBouncer in front of the server."""
    server, port = make_url(postgres_server), _free_port()
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        file = Path(folder, "pgbouncer.ini")
        file.write_text(
            CONFIGURATION.format(
                host=server.host,
                port=server.port,
                user=server.username,
                password=server.password,
                listen=port,
            )
        )
        assert PROGRAM
        # It refuses to run as root.
        user = NOBODY if os.geteuid() == 0 else None
        process = subprocess.Popen([PROGRAM, "-q", str(file)], user=user, stderr=subprocess.DEVNULL)
        _wait_for(port)
        yield port
        process.terminate()
        process.wait(10)


@pytest.fixture
def pooled(pooler: int, database_url: str) -> DatabaseSettings:
    """Settings of the test's database behind the pooler."""
    url = make_url(database_url).set(host="127.0.0.1", port=pooler).render_as_string(hide_password=False)
    return DatabaseSettings.model_validate(
        {"url": url, "pooler": "transaction", "statement_timeout_seconds": 2}
    )


@pytest.fixture
def pools(pooled: DatabaseSettings) -> Iterator[Callable[..., Engine]]:
    """Makes pools of the test's own."""
    made: list[Engine] = []

    def make(create: Callable[[DatabaseSettings], Engine], **changes: Any) -> Engine:
        made.append(create(pooled.model_copy(update=changes)))
        return made[-1]

    yield make
    for one in made:
        one.dispose()


def test_readers_in_many_threads_share_two_sessions(
    pools: Callable[..., Engine], course: InsertedCourse
) -> None:
    reading = pools(create_reading_pool)
    catalogue, passages = SqlCatalogue(reading), SqlPassageSearch(reading)

    def read(number: int) -> int:
        lesson = course.lessons[number % len(course.lessons)]
        assert catalogue.lesson(lesson.id).passages
        assert catalogue.course("course").children
        (found,) = passages.by_words(f"text {number % 20}", "en", SearchFilters(), 1)
        return len(passages.views([found.passage_id], "text", "en"))

    with ThreadPoolExecutor(5) as threads:
        assert sum(threads.map(read, range(200))) == 200


def test_the_ledger_works(pools: Callable[..., Engine], course: InsertedCourse) -> None:
    engine = pools(create_pool)
    require_revision(engine)
    ledger, profile = SqlLedger(engine), EmbeddingProfile("fake", "one", 4)
    ledger.register(profile)
    ledger.enrol(profile)
    with ThreadPoolExecutor(5) as threads:
        claims = threads.map(
            lambda n: ledger.claim(profile, f"worker {n}", 10, timedelta(minutes=1)), range(20)
        )
        claimed = [one.id for batch in claims for one in batch]
    assert len(claimed) == len(set(claimed)) == ledger.counts(profile).passages


def test_each_read_has_its_limits_and_leaves_none_behind(pools: Callable[..., Engine]) -> None:
    assert Reader(pools(create_reading_pool)).row(LIMITS, {}) == ("2s", "off")
    with transaction(pools(create_pool)) as connection:
        assert connection.execute(LIMITS).one() == ("2s", "off")
    for raw in (pools(create_reading_pool).raw_connection() for _ in range(3)):
        with raw.cursor() as cursor:
            cursor.execute(str(LIMITS))
            assert cursor.fetchone() == ("0", "on")
        raw.close()


def test_a_read_that_takes_too_long_is_ended(pools: Callable[..., Engine]) -> None:
    reader = Reader(pools(create_reading_pool, statement_timeout_seconds=1))
    with pytest.raises(DatabaseUnavailable, match="statement timeout"):
        reader.rows(text("SELECT pg_sleep(5)"), {})
    assert reader.row(text("SELECT 1 AS n"), {}).n == 1


def test_a_pooler_that_the_settings_do_not_tell_of_is_told(pools: Callable[..., Engine]) -> None:
    with pytest.raises(
        DatabaseUnavailable, match=r"unsupported startup parameter.*DATABASE_POOLER=transaction"
    ):
        require_revision(pools(create_pool, pooler="none"))
