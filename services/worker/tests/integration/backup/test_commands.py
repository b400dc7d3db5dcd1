"""The commands as an operator runs them: each refusal is one sentence, each kill leaves nothing."""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from robolearn_worker.backup.manifest import DATABASE, MANIFEST
from robolearn_worker.backup.programs import program

Command = Callable[..., "subprocess.Popen[str]"]


def run(command: Command, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, output, and what was said on standard error besides logs."""
    process = command(*arguments, **environment)
    told, complained = process.communicate(timeout=60)
    assert process.returncode is not None
    said = [line for line in complained.splitlines() if not line.startswith("{")]
    return process.returncode, told.strip(), "\n".join(said)


def stopped(site: Any) -> None:
    """All programs have let go of the database."""
    site.world.engine.dispose()


def tool(folder: Path, name: str, script: str) -> str:
    """PATH on which one client program is `script`, and the others are real, all newer than any real one."""
    folder.mkdir()
    for one in ("pg_dump", "pg_restore", "psql"):
        body = script if one == name else f'exec {program(one)} "$@"'
        (folder / one).write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && echo "x (PostgreSQL) 99.0" && exit\n{body}\n'
        )
        (folder / one).chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_take_list_verify_and_restore(site: Any, command: Command) -> None:
    tables, points = site.tables(), site.points()
    process = command("backup")
    told, logged = process.communicate(timeout=60)
    assert process.returncode == 0
    assert [json.loads(line)["event"] for line in logged.splitlines()] == ["backup.taken"]
    name = told.partition(":")[0]
    assert "1 courses, 1 lessons, 100 passages, 100 embedded" in told
    assert run(command, "backups")[1].startswith(f"{name}  whole, ")
    assert run(command, "verify", "latest")[1].startswith(f"{name} is whole: ")
    site.wipe()
    stopped(site)
    code, told, said = run(command, "restore", name)
    assert (code, said) == (0, "")
    assert f"{name} is restored." in told
    assert "100 points, 0 orphans removed, 0 lost ones made pending; 0 passages are pending" in told
    assert (site.tables(), site.points()) == (tables, points)


def test_prune_deletes_what_is_not_kept(site: Any, command: Command) -> None:
    first, _ = site.take()
    last_only = {"BACKUP_KEEP_LAST": "1", "BACKUP_KEEP_DAILY": "0"} | {
        f"BACKUP_KEEP_{one}": "0" for one in ("WEEKLY", "MONTHLY")
    }
    code, told, _ = run(command, "backup", "--prune", **last_only)
    assert code == 0
    assert told.endswith(f"{first}: deleted.")
    assert len(site.store.entries()) == 1


def test_a_database_that_is_not_empty_is_replaced_only_when_that_is_said(site: Any, command: Command) -> None:
    run(command, "backup")
    tables = site.tables()
    stopped(site)
    code, _, said = run(command, "restore", "latest")
    assert code == 78
    assert said.startswith("python -m robolearn_worker: The database is not empty (")
    assert "100 rows in passage" in said
    assert len(said.splitlines()) == 1
    assert site.tables() == tables
    stopped(site)
    assert run(command, "restore", "latest", "--replace")[0] == 0


def test_a_database_in_use_is_not_touched(site: Any, command: Command) -> None:
    run(command, "backup")
    with site.world.engine.connect():
        checked = run(command, "restore", "latest", "--replace", "--check")
        code, _, said = run(command, "restore", "latest", "--replace")
    assert (checked[0], checked[1].endswith(" can be restored.")) == (0, True)
    assert code == 78
    assert "Stop the api, the worker, beat and ingest first" in said


def test_a_damaged_backup_is_not_restored(site: Any, command: Command) -> None:
    run(command, "backup")
    stopped(site)
    tables = site.tables()
    dump = site.store.find("latest") / DATABASE
    damaged = bytearray(dump.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    dump.write_bytes(damaged)
    restore = ("restore", "latest", "--replace")
    for arguments in (("verify", "latest"), restore, (*restore, "--check")):
        code, _, said = run(command, *arguments)
        assert code == 65
        assert "database.dump is not what was written (its sha256 differs). Use another backup." in said
    assert site.tables() == tables


def test_a_backup_of_a_newer_release_is_not_restored(site: Any, command: Command) -> None:
    run(command, "backup")
    stopped(site)
    manifest = site.store.find("latest") / MANIFEST
    manifest.write_text(
        json.dumps(json.loads(manifest.read_text()) | {"schema_revision": "2030", "release": "9.0"})
    )
    code, _, said = run(command, "restore", "latest", "--replace")
    assert code == 78
    assert "Restore it with release 9.0" in said


@pytest.mark.parametrize(
    ("environment", "code", "told"),
    [
        ({"QDRANT_URL": "http://127.0.0.1:1"}, 69, "QDRANT_URL (http://127.0.0.1:1) cannot be reached"),
        ({"QDRANT_API_KEY": "not-the-key-of-it"}, 69, "Check QDRANT_API_KEY"),
        ({"DATABASE_PASSWORD": "not-the-one-of-it"}, 69, "password authentication failed"),
        ({"QDRANT_URL": ""}, 78, "QDRANT_URL is not set"),
    ],
)
def test_what_is_away_or_wrong_is_told_and_leaves_nothing(
    environment: dict[str, str], code: int, told: str, site: Any, command: Command
) -> None:
    found, _, said = run(command, "backup", **environment)
    assert (found, len(said.splitlines())) == (code, 1)
    assert told in said
    assert site.store.entries() == []
    assert not list(site.store.folder.glob("*.partial"))
    for value in environment.values():
        assert not value.startswith("not-the") or value not in said


def test_a_full_disk_is_told_and_leaves_nothing(site: Any, command: Command, tmp_path: Path) -> None:
    full = 'echo "pg_dump: error: could not write to file: No space left on device" >&2; exit 1'
    code, _, said = run(command, "backup", PATH=tool(tmp_path / "tools", "pg_dump", full))
    assert code == 1
    assert "No space left on device. Free some space and run it again." in said
    assert not list(site.store.folder.glob("2*"))
    assert site.on_the_server() == []


def hanging(site: Any, command: Command, path: str) -> "subprocess.Popen[str]":
    """A backup that has written half of its dump and goes no further."""
    process = command("backup", PATH=path)
    deadline = time.monotonic() + 30
    while not list(site.store.folder.glob(f"*.partial/{DATABASE}")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return process


HALF = 'for one; do case "$one" in --file=*) echo half > "${one#--file=}";; esac; done; exec sleep 3'


def test_kill_9_midway_leaves_nothing_that_looks_whole(site: Any, command: Command, tmp_path: Path) -> None:
    process = hanging(site, command, tool(tmp_path / "tools", "pg_dump", HALF))
    process.kill()
    process.communicate()
    assert run(command, "backups")[1] == f"There are no backups in {site.store.folder}."
    assert len(list(site.store.folder.glob("*.partial"))) == 1
    assert run(command, "backup")[0] == 0
    assert not list(site.store.folder.glob("*.partial"))
    assert site.on_the_server() == []
    assert run(command, "verify", "latest")[0] == 0


def test_sigterm_midway_cleans_up(site: Any, command: Command, tmp_path: Path) -> None:
    process = hanging(site, command, tool(tmp_path / "tools", "pg_dump", HALF))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 143
    assert not list(site.store.folder.glob("2*"))
    assert site.on_the_server() == []


def test_a_reader_that_dies_midway_commits_nothing(site: Any, command: Command, tmp_path: Path) -> None:
    run(command, "backup")
    tables, points = site.tables(), site.points()
    stopped(site)
    half = f'{program("pg_restore")} "$@" | head -c 20000; exit 1'
    path = tool(tmp_path / "tools", "pg_restore", half)
    code, _, said = run(command, "restore", "latest", "--replace", PATH=path)
    assert code == 1
    assert "The database could not be restored and is as it was" in said
    assert (site.tables(), site.points()) == (tables, points)


def test_the_schedule_takes_one_serves_metrics_and_ends_when_told(
    site: Any, command: Command, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    process = command("schedule-backups", BACKUP_METRICS_PORT=port)
    deadline = time.monotonic() + 30
    while not site.store.entries():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    newest = site.store.whole()[0][1]
    told = f"robolearn_backup_last_size_bytes {float(newest.size)}"
    while told not in httpx.get(f"http://127.0.0.1:{port}/metrics").text:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert run(command, "healthcheck")[0] == 0
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert len(site.store.entries()) == 1
