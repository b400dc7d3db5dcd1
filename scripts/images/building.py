"""Timed builds of one image in a copy of the context: from nothing, after a change of code, with none."""

import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTEXT = ("curriculum", "docker", "packages", "requirements", "services", ".dockerignore")
_SENT = re.compile(r"transferring context: ([\d.]+)(k?M?B)")
_CACHE = re.compile(r"--mount=type=cache,\S+")
_UNITS = {"B": 1, "kB": 1_000, "MB": 1_000_000}


@dataclass(frozen=True, slots=True)
class Build:
    """How long a build took, what it made, and how many bytes of context were sent (0: all were there)."""

    seconds: float
    image: str
    context: int


def copy_context(target: Path) -> None:
    """What builds read, apart from the working tree, so that a change can be tried on it."""
    for name in CONTEXT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, target / name)


def without_caches(context: Path) -> Path:
    """A Dockerfile without caches, so that all packages are fetched."""
    told = _dockerfile(context).read_text(encoding="utf-8")
    other = context / "uncached.Dockerfile"
    other.write_text(_CACHE.sub("", told), encoding="utf-8")
    return other


def _dockerfile(context: Path) -> Path:
    return context / "docker" / "Dockerfile"


def change_code(context: Path, service: str) -> None:
    """A new last line in the core and in the service."""
    for source in (
        "packages/core/src/robolearn/commands.py",
        f"services/{service}/src/robolearn_{service}/settings.py",
    ):
        with (context / source).open("a", encoding="utf-8") as file:
            file.write(f"# changed at {time.time_ns()}\n")


def build(context: Path, arguments: list[str], dockerfile: Path | None = None) -> Build:
    """Build with the given options of `docker build`. Exits with what it said if it fails."""
    which, identity = str(dockerfile or _dockerfile(context)), context / "image.id"
    command = ["docker", "build", "--progress=plain", "-f", which, "--iidfile", str(identity), *arguments]
    started = time.monotonic()
    done = subprocess.run([*command, str(context)], capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode:
        sys.exit(f"{done.stderr}\nrobolearn: The build failed; the last lines above say why.")
    sent = [float(number) * _UNITS[unit] for number, unit in _SENT.findall(done.stderr)]
    return Build(seconds, identity.read_text(encoding="utf-8").strip(), round(max(sent, default=0)))
