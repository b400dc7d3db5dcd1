"""Commands on this machine, with an environment that says nothing about the stacks."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]
# Compose lets the shell's variables win over the file's: a developer's own must not reach a test.
_KEPT = ("PATH", "HOME", "USER", "TMPDIR", "DOCKER_", "BUILDX_", "SSL_", "PIP_", "UV_", "PYTHON_IMAGE")


def run(
    command: Sequence[str], *, also: Mapping[str, str] | None = None, timeout: float = 300, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout. Raises AssertionError with what it said where it fails."""
    environment = {name: value for name, value in os.environ.items() if name.startswith(_KEPT)}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | dict(also or {}),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if check and done.returncode:
        raise AssertionError(
            f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}\n{done.stdout}"
        )
    return done


def engine_answers() -> bool:
    """Whether there is a Docker Engine to test on."""
    try:
        return run(["docker", "version"], timeout=20, check=False).returncode == 0
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False
