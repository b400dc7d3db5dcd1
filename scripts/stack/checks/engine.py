"""Is Docker there, does it answer, is Compose new enough?"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.stack.stacks import Stack

SCRIPT = Path(__file__).parents[2] / "need_docker.sh"


def check(_: Stack) -> Iterator[str]:
    """The sentence of the script that all make targets ask."""
    done = subprocess.run(["/bin/sh", SCRIPT], capture_output=True, text=True, check=False)
    if done.returncode:
        yield done.stderr.strip().removeprefix("robolearn: ")
