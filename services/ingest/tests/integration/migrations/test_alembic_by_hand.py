"""`alembic upgrade head`, as people type it: the database that DATABASE_URL names comes to the head."""

import os
import subprocess
import sys
from pathlib import Path

from robolearn_ingest.migrations import head, migrate

ROOT = Path(__file__).parents[5]


def upgrade(url: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        check=False,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_command_brings_an_empty_database_to_the_head(empty_database: str) -> None:
    done = upgrade(empty_database)

    assert done.returncode == 0, done.stderr
    assert migrate(empty_database).from_revision == head()


def test_without_a_database_it_says_one_sentence() -> None:
    done = upgrade("")

    assert done.returncode != 0
    assert done.stderr.strip() == "alembic: DATABASE_URL is not set. Every setting is in .env.example."
