"""Migrating: from nothing, again, at once, and against databases that are not ours."""

import multiprocessing
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

import robolearn_ingest.migrations
from robolearn.domain.errors import DatabaseUnavailable, SchemaMismatch, SettingsError
from robolearn.settings import DatabaseSettings
from robolearn.storage.engine import create_pool
from robolearn.storage.schema import EXPECTED_REVISION, current_revision, require_revision
from robolearn_ingest.migrations import MigrationResult, head, migrate
from robolearn_ingest.migrations.connection import LIMITS

VERSIONS = Path(robolearn_ingest.migrations.__file__).parent / "versions"


@contextmanager
def session(url: str) -> Iterator[Connection]:
    opened = psycopg2.connect(url)
    try:
        yield opened
    finally:
        opened.close()


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    with session(url) as opened, opened, opened.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_the_revision_that_programs_expect_is_the_head() -> None:
    assert head() == EXPECTED_REVISION


def test_revisions_are_named_by_date_then_slug_like_their_files() -> None:
    for file in VERSIONS.glob("*.py"):
        assert re.fullmatch(r"\d{4}_\d{2}_\d{2}_[a-z_]+", file.stem), file.stem
        assert f'revision = "{file.stem}"' in file.read_text()
        assert len(file.stem) <= 32, "alembic_version holds 32 characters"


def test_an_empty_database_is_brought_to_the_head(empty_database: str) -> None:
    assert migrate(empty_database) == MigrationResult(None, EXPECTED_REVISION)


def test_migrating_again_changes_nothing_and_takes_no_lock(database_url: str) -> None:
    with session(database_url) as other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE alembic_version IN ROW EXCLUSIVE MODE")
        cursor.execute("SELECT pg_advisory_lock(7262011001)")
        result = migrate(database_url, replace(LIMITS, turn=0.0))
    assert result == MigrationResult(EXPECTED_REVISION, EXPECTED_REVISION)
    assert not result.changed


@pytest.mark.parametrize("pool", ["threads", "processes"])
def test_many_migrators_at_once_build_the_schema_once(empty_database: str, pool: str) -> None:
    context = multiprocessing.get_context("fork")
    workers = ThreadPoolExecutor(8) if pool == "threads" else ProcessPoolExecutor(4, mp_context=context)
    with workers:
        results = list(workers.map(migrate, [empty_database] * 8))
    assert {one.to_revision for one in results} == {EXPECTED_REVISION}
    assert [one.changed for one in results].count(True) == 1
    assert run(empty_database, "SELECT version_num FROM alembic_version") == [(EXPECTED_REVISION,)]


def test_a_migrator_that_does_not_get_its_turn_says_so(empty_database: str) -> None:
    with session(empty_database) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7262011001)")
        with pytest.raises(DatabaseUnavailable, match="Another migration has been running"):
            migrate(empty_database, replace(LIMITS, turn=0.05))
    assert migrate(empty_database).changed


def test_a_migration_does_not_wait_long_for_a_table(empty_database: str) -> None:
    run(empty_database, "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
    with session(empty_database) as other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE alembic_version IN SHARE MODE")
        with pytest.raises(DatabaseUnavailable, match="lock timeout"):
            migrate(empty_database, replace(LIMITS, lock=0.05))
    assert run(empty_database, "SELECT to_regclass('course')") == [(None,)]
    assert migrate(empty_database).to_revision == EXPECTED_REVISION


def test_a_statement_that_runs_too_long_is_ended(empty_database: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="statement timeout"):
        migrate(empty_database, replace(LIMITS, statement=0.001))


def test_an_unknown_revision_is_refused_and_kept(database_url: str) -> None:
    run(database_url, "UPDATE alembic_version SET version_num = '2099_01_01_future'")
    with pytest.raises(SchemaMismatch, match=r"2099_01_01_future.*does not know.*at least as new"):
        migrate(database_url)
    assert run(database_url, "SELECT version_num FROM alembic_version") == [("2099_01_01_future",)]


def test_a_database_of_somebody_else_is_left_as_it_is(empty_database: str) -> None:
    run(empty_database, "CREATE TABLE course (name text)")
    with pytest.raises(SchemaMismatch, match='"course" already exists'):
        migrate(empty_database)
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    assert run(empty_database, tables) == [("course",)]


def test_a_wrong_password_is_told_in_one_sentence(empty_database: str) -> None:
    wrong = re.sub(r":[^:@/]+@", ":not-the-password@", empty_database)
    with pytest.raises(DatabaseUnavailable, match="password authentication failed") as caught:
        migrate(wrong)
    assert "not-the-password" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_that_is_not_there_is_told_in_one_sentence() -> None:
    with pytest.raises(DatabaseUnavailable, match="Connection refused") as caught:
        migrate("postgresql://user:password@127.0.0.1:1/database")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://user:secret@host/db", "postgresql://h:port/db"])
def test_a_url_that_is_none_names_the_setting_and_keeps_the_secret(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as caught:
        migrate(url)
    assert "secret" not in str(caught.value)


def test_programs_tell_which_revision_they_need(empty_database: str) -> None:
    engine = create_pool(DatabaseSettings(url=empty_database))
    assert current_revision(engine) is None
    with pytest.raises(SchemaMismatch, match=r"no schema yet\. Run `robolearn migrate`"):
        require_revision(engine)
    migrate(empty_database)
    require_revision(engine)
    run(empty_database, "UPDATE alembic_version SET version_num = '2020_01_01_old'")
    with pytest.raises(SchemaMismatch, match=f"2020_01_01_old.*{EXPECTED_REVISION}"):
        require_revision(engine)
    engine.dispose()
