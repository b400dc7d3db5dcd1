"""The tool beside the checkout that runs a cluster on a machine which can pull no image."""

import subprocess
from pathlib import Path

from ..containers.commands import ROOT

PROGRAM = ROOT.parent / "shared" / "cluster" / "cluster"


def present() -> bool:
    """Whether the tool is here."""
    return PROGRAM.exists()


def running() -> bool:
    """Whether its cluster is up."""
    return _run("status").returncode == 0


def up() -> Path:
    """Start it, unless it is up; its kubeconfig."""
    return Path(_printed("up").strip())


def down() -> None:
    """Stop and remove it."""
    _printed("down")


def load(*images: str) -> None:
    """Copy images of the Docker Engine to every node."""
    _printed("load", *images)


def kill_node(name: str) -> None:
    """Cut a node's power."""
    _printed("kill-node", name)


def start_node(name: str) -> None:
    """Give it back, and wait until the node is ready."""
    _printed("start-node", name)


def _printed(*arguments: str) -> str:
    done = _run(*arguments)
    assert done.returncode == 0, f"cluster {' '.join(arguments)}: {done.stderr}"
    return done.stdout


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments], capture_output=True, text=True, check=False, timeout=900
    )
