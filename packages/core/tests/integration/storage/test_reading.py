"""Reads on pools whose connections break."""

from collections.abc import Iterator

import psycopg2
import pytest
from sqlalchemy import Engine, text

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.settings import DatabaseSettings
from robolearn.storage.engine import create_pool
from robolearn.storage.reading import Prepared, Reader
from robolearn.storage.reading_pool import create_reading_pool

ONE = text("SELECT :n AS n, '100%' AS share")
OTHERS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"


@pytest.fixture(params=[create_pool, create_reading_pool])
def pool(request: pytest.FixtureRequest, database_url: str) -> Iterator[Engine]:
    made = request.param(DatabaseSettings(url=database_url, pool_size=3, statement_timeout_seconds=1))
    yield made
    made.dispose()


def test_rows_are_named_and_parameters_bound(pool: Engine) -> None:
    reader = Reader(pool)
    assert [(one.n, one.share) for one in reader.rows(ONE, {"n": 7})] == [(7, "100%")]
    row = reader.row(text("SELECT 1 AS n WHERE :n = 2"), {"n": 1})
    assert row is None


def test_a_server_that_dropped_all_connections_is_read_from_again(pool: Engine, database_url: str) -> None:
    reader = Reader(pool)
    held = [pool.raw_connection() for _ in range(3)]
    for one in held:
        one.close()
    with psycopg2.connect(database_url) as other, other.cursor() as cursor:
        cursor.execute(f"{OTHERS} AND datname = current_database()")
    other.close()
    assert reader.row(ONE, {"n": 1}).n == 1


def test_reads_that_take_too_long_are_told_and_leave_the_pool_whole(pool: Engine) -> None:
    reader = Reader(pool)
    with pytest.raises(DatabaseUnavailable, match="statement timeout"):
        reader.rows(text("SELECT pg_sleep(5)"), {})
    assert reader.row(ONE, {"n": 1}).n == 1


def test_a_connection_that_dies_twice_is_told_as_unavailable(pool: Engine) -> None:
    suicide = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        Reader(pool).rows(suicide, {})


def test_a_pool_in_use_is_told_as_such(database_url: str) -> None:
    pool = create_reading_pool(DatabaseSettings(url=database_url, pool_size=1, connect_timeout_seconds=1))
    held = pool.raw_connection()
    with pytest.raises(DatabaseUnavailable, match="DATABASE_POOL_SIZE"):
        Reader(pool).rows(ONE, {"n": 1})
    held.close()
    pool.dispose()


def test_a_wrong_statement_is_our_fault_not_the_servers(pool: Engine) -> None:
    with pytest.raises(psycopg2.ProgrammingError):
        Reader(pool).rows(text("SELECT nonsense"), {})
    assert Reader(pool).row(ONE, {"n": 1}).n == 1


def test_a_prepared_statement_survives_new_connections_and_keeps_its_parameters_apart(
    pool: Engine, database_url: str
) -> None:
    twice = Prepared(
        "twice", text("SELECT CAST(:a AS int) + :b - CAST(:a AS int) AS b, '100%' LIKE '%' AS all")
    )
    reader = Reader(pool)
    for _ in range(7):  # the server decides on a plan for all parameters after five
        row = reader.row(twice, {"a": 5, "b": 2})
        assert (row.b, row.all) == (2, True)
    pool.dispose()
    assert reader.row(twice, {"a": 1, "b": 3}).b == 3
