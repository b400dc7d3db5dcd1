"""`pg_dump` of one moment, and the way back: everything in one transaction."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryFile
from typing import Any

from robolearn.storage.backups import PARK
from robolearn_worker.backup.failures import BackupFailed
from robolearn_worker.backup.programs import client_version, complaint, major, program

Environment = Mapping[str, str]

_EMPTY = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public"
_LOCK_SECONDS = 15
_ONE_TRANSACTION = (
    "--no-psqlrc", "--quiet", "--no-password", "--single-transaction", "--set=ON_ERROR_STOP=1",
)  # fmt: skip


def require_client(server_version: str) -> None:
    """Raise BackupFailed where the client programs are older than the server, which they refuse, too."""
    if major(client_version()) < major(server_version):
        raise BackupFailed(
            f"Client programs {client_version()} are older than the server: {server_version}.",
            "Install client programs of the server's version or newer.",
        )


def dump(database: Environment, snapshot: str, file: Path) -> None:
    """Write what the exported snapshot sees, in PostgreSQL's custom format. Raises BackupFailed."""
    options = ["--format=custom", "--no-owner", "--no-privileges", "--no-password"]
    made = subprocess.run(
        [program("pg_dump"), *options, f"--snapshot={snapshot}", f"--file={file}"],
        env=_environment(database),
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=PIPE,
        text=True,
        check=False,
    )
    if made.returncode:
        raise BackupFailed(
            f"The database could not be dumped: {complaint(made.stderr)}.", _advice(made.stderr)
        )


def load(database: Environment, file: Path) -> None:
    """Replace all that is in the database by the dump, or nothing. Raises BackupFailed."""
    limits = {"PGOPTIONS": f"-c lock_timeout={_LOCK_SECONDS}s -c statement_timeout=0"}
    script = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)]
    client = [program("psql"), *_ONE_TRANSACTION, "-c", _EMPTY, "-f", "-"]
    environment = _environment(database) | limits
    with TemporaryFile("w+") as said, ExitStack() as running:
        reader = running.enter_context(_process(script, stdout=PIPE, stderr=said))
        writer = running.enter_context(
            _process(client, stdin=PIPE, stdout=DEVNULL, stderr=said, env=environment)
        )
        loaded = _pass_on(reader, writer)
        said.seek(0)
        complaints = said.read()
    if not loaded:
        raise BackupFailed(
            f"The database could not be restored and is as it was: {complaint(complaints)}.",
            _advice(complaints),
        )


def _pass_on(reader: "Popen[bytes]", writer: "Popen[bytes]") -> bool:
    """Whether all was committed.

    psql commits at the end of its input, and gets to see one only if the reader has succeeded.
    """
    assert reader.stdout is not None  # noqa: S101 - both are pipes
    assert writer.stdin is not None  # noqa: S101
    try:
        shutil.copyfileobj(reader.stdout, writer.stdin, 1 << 20)
        if reader.wait() != 0:
            return False
        writer.stdin.write(PARK.encode())
        writer.stdin.close()
    except BrokenPipeError:
        return False
    return writer.wait() == 0


@contextmanager
def _process(command: list[str], **options: Any) -> Iterator["Popen[bytes]"]:
    """A child that is gone at the end, however that comes."""
    child = Popen(command, **options)
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


def _environment(database: Environment) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return inherited | dict(database)


def _advice(said: str) -> str:
    if "No space left" in said or "disk full" in said:
        return "Free some space and run it again."
    if "lock timeout" in said:
        return "Stop the api, the worker and ingest first: they are using it."
    return "Check DATABASE_URL, the server's log and the free space."
