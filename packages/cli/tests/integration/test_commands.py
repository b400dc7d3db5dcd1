"""The `robolearn` command as a person uses it: what it prints, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

COMMAND = str(Path(sys.executable).parent / "robolearn")


def _run(*arguments: str, database: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATABASE_URL": database} if database else {}
    return subprocess.run(
        [COMMAND, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=90
    )


def _told(ended: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """One sentence on standard error, no traceback, and the exit code that the documentation gives."""
    assert ended.returncode == code, ended.stderr
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith("robolearn: ")
    assert "Traceback" not in ended.stderr
    for word in words:
        assert word in last


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nA robot.\n")
    (folder / "two.md").write_text("# Two\n\nTwo robots.\n")
    return folder


def test_a_course_is_loaded_and_told_as_json(course: Path, database_url: str) -> None:
    ended = _run("ingest", str(course), "--json", database=database_url)
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert (report["counts"]["added"], report["counts"]["passages"], report["written"]) == (2, 2, True)
    again = json.loads(_run("ingest", str(course), "--json", database=database_url).stdout)
    assert (again["counts"]["unchanged"], again["written"]) == (2, False)


def test_a_dry_run_says_so(course: Path, database_url: str) -> None:
    ended = _run("ingest", str(course), "--dry-run", database=database_url)
    assert ended.returncode == 0, ended.stderr
    assert "dry run, nothing written" in " ".join(ended.stdout.split())


def test_a_file_that_cannot_be_loaded_is_a_row_and_an_exit_code(course: Path, database_url: str) -> None:
    (course / "broken.md").write_bytes(b"\x00\x01\x02")
    ended = _run("ingest", str(course), database=database_url)
    assert ended.returncode == 3
    assert "broken.md" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_a_missing_setting_is_named(course: Path) -> None:
    _told(_run("ingest", str(course)), 78, "DATABASE_URL is not set")


def test_a_source_that_does_not_exist(database_url: str, tmp_path: Path) -> None:
    _told(_run("ingest", str(tmp_path / "nowhere"), database=database_url), 66, "nowhere")


def test_a_folder_without_a_page(database_url: str, tmp_path: Path) -> None:
    _told(_run("ingest", str(tmp_path), database=database_url), 66, "No Markdown page", "nothing was changed")


def test_a_server_that_does_not_answer(course: Path) -> None:
    _told(_run("ingest", str(course), database="postgresql://u:p@127.0.0.1:1/d"), 69, "DATABASE_URL")


def test_a_wrong_password_is_told_and_not_shown(course: Path, database_url: str) -> None:
    right = urlsplit(database_url)
    wrong = right._replace(netloc=f"{right.username}:guessed@{right.hostname}:{right.port}").geturl()
    ended = _run("ingest", str(course), database=wrong)
    _told(ended, 69, "password authentication failed")
    assert "guessed" not in ended.stderr


def test_a_database_without_the_schema(course: Path, empty_database: str) -> None:
    _told(_run("ingest", str(course), database=empty_database), 78, "robolearn migrate")


def test_a_database_of_a_newer_release(course: Path, database_url: str) -> None:
    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("UPDATE alembic_version SET version_num = '2999_01_01_future'")
    connection.close()
    _told(_run("ingest", str(course), database=database_url), 78, "2999_01_01_future")
    _told(_run("migrate", database=database_url), 78, "2999_01_01_future")


def test_migrating_twice_is_migrating_once(empty_database: str, course: Path) -> None:
    for _ in range(2):
        assert _run("migrate", database=empty_database).returncode == 0
    assert _run("ingest", str(course), database=empty_database).returncode == 0


def test_wrong_usage_is_a_code_of_its_own() -> None:
    assert _run("ingest").returncode == 2
    assert _run("nonsense").returncode == 2
