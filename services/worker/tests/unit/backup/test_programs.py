"""Which of PostgreSQL's client programs are taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from robolearn_worker.backup import programs
from robolearn_worker.backup.failures import BackupFailed


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    programs._newest.cache_clear()
    yield
    programs._newest.cache_clear()


def install(folder: Path, version: str) -> Path:
    folder.mkdir()
    for name in ("pg_dump", "pg_restore", "psql"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize(("on_path", "newest"), [("9.6.1", "wheel"), ("99.1", "path")])
def test_the_newest_is_taken(
    on_path: str, newest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{install(tmp_path / 'path', on_path)}:/usr/bin:/bin")
    monkeypatch.setattr(programs, "_in_wheel", lambda: [wheel])
    wheel = install(tmp_path / "wheel", "18.6")
    assert programs.program("psql") == str(tmp_path / newest / "psql")
    assert programs.client_version() == (on_path if newest == "path" else "18.6")


def test_a_machine_without_them_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(programs, "_in_wheel", list)
    with pytest.raises(BackupFailed, match=r"pg_dump, pg_restore, psql\) are not installed\. Install those"):
        programs.program("pg_dump")
