"""The linters that `make k8s-lint` fetches, and where it keeps them."""

import subprocess
from pathlib import Path

from .combinations import ROOT

FOLDER = ROOT / ".lint"
DEFINITIONS = FOLDER / "definitions"


def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one of them, whatever it finds."""
    command = [str(FOLDER / "bin" / program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=FOLDER)
