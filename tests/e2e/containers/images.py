"""The images that the stacks run: ours, upstream's, and stand-ins for what cannot be pulled."""

import os
import re
import sys
from pathlib import Path

from .commands import ROOT, run

OURS = ("api", "worker", "ingest", "development")
BUDGETS = {"api": 300_000_000, "worker": 300_000_000, "ingest": 220_000_000}  # bytes


def version() -> str:
    """The tag of our own images: the project's version, or VERSION for others that are to be tried."""
    if given := os.environ.get("VERSION"):
        return given
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.M)
    assert found
    return f"v{found[1]}"


def ensure_ours() -> None:
    """Build our own images where one is missing; `make test-e2e` has built them all."""
    names = [f"robotics-platform/{name}:{version()}" for name in OURS]
    if run(["docker", "image", "inspect", *names], check=False).returncode:
        run(["make", "--silent", "build-prod", "build", f"VERSION={version()}"], timeout=1200)


def chosen(folder: Path) -> tuple[dict[str, str], str]:
    """The variables that choose stand-ins, and what was told of them."""
    file = folder / "images.env"
    program = str(ROOT / "tests" / "standins" / "build.py")
    told = run([sys.executable, program, "--env-file", str(file)], timeout=1200).stdout
    return dict(line.split("=", 1) for line in file.read_text().splitlines()), told
