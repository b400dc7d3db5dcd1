"""Reading from a replica, and from the primary where the replica cannot serve.

The replica is another database: what it holds tells who was read.
"""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.observability import get_logger
from robolearn.settings import DatabaseSettings
from robolearn.storage import reading_pool
from robolearn.storage.reading import Reader
from robolearn.storage.reading_pool import PAUSE_SECONDS, ReplicaFirst, create_reading_pool

AWAY = "postgresql://u:p@127.0.0.1:1/d"
WHERE = text("SELECT current_database() AS name")
END = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"

Lines = list[MutableMapping[str, Any]]


@pytest.fixture(autouse=True)
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """The log lines of the test."""
    monkeypatch.setattr(reading_pool, "log", get_logger("test"))
    with capture_logs() as told:
        yield told


@pytest.fixture
def second_database(postgres_server: str, template_database: str) -> Iterator[str]:
    """URL of another database with the schema at head."""
    name = f"test_{uuid4().hex}"
    execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE {template_database}")
    yield f"{postgres_server.rsplit('/', 1)[0]}/{name}"
    execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def reader() -> Iterator[Callable[..., Reader]]:
    """Makes readers of a primary and a replica."""
    pools = []

    def make(primary: str, replica: str) -> Reader:
        settings = {"url": primary, "read_url": replica, "connect_timeout_seconds": 1}
        pools.append(create_reading_pool(DatabaseSettings.model_validate(settings)))
        return Reader(pools[-1])

    yield make
    for pool in pools:
        pool.dispose()


def name_of(url: str) -> str:
    return url.rsplit("/", 1)[1]


def execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def test_the_replica_is_read(reader: Callable[..., Reader], database_url: str, lines: Lines) -> None:
    assert reader(AWAY, database_url).row(WHERE, {}).name == name_of(database_url)
    assert lines == []


def test_the_primary_is_read_while_the_replica_is_away(
    reader: Callable[..., Reader], database_url: str, lines: Lines
) -> None:
    both = reader(database_url, AWAY)
    assert both.row(WHERE, {}).name == name_of(database_url)
    assert [line["event"] for line in lines] == ["replica.passed_over"]
    assert "PostgreSQL does not answer" in lines[0]["reason"]


def test_a_replica_that_goes_away_is_no_failed_read(
    reader: Callable[..., Reader], database_url: str, second_database: str
) -> None:
    both = reader(database_url, second_database)
    assert both.row(WHERE, {}).name == name_of(second_database)
    execute(database_url, f"ALTER DATABASE {name_of(second_database)} ALLOW_CONNECTIONS false")
    execute(database_url, END.replace("current_database()", f"'{name_of(second_database)}'"))
    assert both.row(WHERE, {}).name == name_of(database_url)


def test_a_replica_without_our_schema_is_told_and_passed_over(
    reader: Callable[..., Reader], database_url: str, empty_database: str, lines: Lines
) -> None:
    assert reader(database_url, empty_database).row(WHERE, {}).name == name_of(database_url)
    assert lines[0]["reason"].startswith("The replica at DATABASE_READ_URL is at revision None")


def test_a_replica_behind_our_schema_is_told_and_passed_over(
    reader: Callable[..., Reader], database_url: str, second_database: str, lines: Lines
) -> None:
    execute(second_database, "UPDATE alembic_version SET version_num = 'earlier'")
    assert reader(database_url, second_database).row(WHERE, {}).name == name_of(database_url)
    assert "is at revision earlier" in lines[0]["reason"]


def test_both_away_is_one_sentence(reader: Callable[..., Reader]) -> None:
    with pytest.raises(DatabaseUnavailable, match="PostgreSQL does not answer"):
        reader(AWAY, AWAY).rows(WHERE, {})


def test_a_replica_that_failed_is_left_alone_for_a_while() -> None:
    asked: list[str] = []
    now = [0.0]

    def replica() -> Any:
        asked.append("replica")
        raise psycopg2.OperationalError("away")

    def primary() -> Any:
        asked.append("primary")

    connect = ReplicaFirst(replica, primary, lambda: now[0])
    connect()
    connect()
    now[0] = PAUSE_SECONDS
    connect()
    assert asked == ["replica", "primary", "primary", "replica", "primary"]


def test_a_read_that_the_replica_cut_short_is_read_again(
    reader: Callable[..., Reader], database_url: str
) -> None:
    """What a standby raises when a row it is reading goes: 40001, on a connection that stays open."""
    execute(database_url, "CREATE SEQUENCE attempt")
    execute(
        database_url,
        "CREATE FUNCTION cut_short() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN "
        "IF nextval('attempt') = 1 THEN RAISE SQLSTATE '40001' USING MESSAGE = 'conflict with recovery'; "
        "END IF; RETURN currval('attempt'); END $$",
    )
    assert reader(AWAY, database_url).row(text("SELECT cut_short() AS attempts"), {}).attempts == 2
