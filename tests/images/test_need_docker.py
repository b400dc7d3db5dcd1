"""Without Docker every target says one sentence that tells what to install."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "need_docker.sh"

# What `docker` answers, and what the sentence then begins with.
LACKING = {
    "the engine": ("exit 1", "robolearn: The Docker Engine does not answer"),
    "buildx": ('[ "$1" != buildx ]', "robolearn: Docker's buildx plug-in is missing"),
    "compose": ('[ "$1" != compose ]', "robolearn: Docker's Compose plug-in is missing"),
    "a newer compose": ("echo 2.3.4", "robolearn: Docker Compose 2.3.4 is too old"),
}


def ask(folder: Path, answer: str | None) -> "subprocess.CompletedProcess[str]":
    for tool in ("sh", "sort", "head", "printf"):
        (folder / tool).symlink_to(Path("/usr/bin") / tool)
    if answer:
        (folder / "docker").write_text(f"#!/bin/sh\n{answer}\n")
        (folder / "docker").chmod(0o755)
    environment = {**os.environ, "PATH": str(folder)}
    return subprocess.run(["/bin/sh", SCRIPT], env=environment, capture_output=True, text=True, check=False)


def test_without_docker(tmp_path: Path) -> None:
    done = ask(tmp_path, None)

    assert done.returncode == 1
    assert done.stderr.startswith("robolearn: Docker is not installed; install Docker Engine")


@pytest.mark.parametrize("lacking", LACKING)
def test_without_a_part(tmp_path: Path, lacking: str) -> None:
    answer, sentence = LACKING[lacking]
    done = ask(tmp_path, answer)

    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_with_all_of_it(tmp_path: Path) -> None:
    assert ask(tmp_path, "echo v2.40.1").returncode == 0
