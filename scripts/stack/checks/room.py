"""Is there room? Nothing is refused for it: what is needed depends on the courses."""

import shutil
from collections.abc import Iterator

from scripts.stack import docker
from scripts.stack.stacks import Stack

GIGABYTE = 10**9
MEMORY = {"prod": 8 * GIGABYTE, "dev": 3 * GIGABYTE}
DISK = 10 * GIGABYTE


def warnings(stack: Stack) -> Iterator[str]:
    """Memory and disk that may not do."""
    memory, root = docker.answer(["docker", "info", "--format", "{{.MemTotal}} {{.DockerRootDir}}"]).split(
        " ", 1
    )
    if int(memory) < MEMORY[stack.name]:
        yield (
            f"The machine has {int(memory) / GIGABYTE:.1f} GB of memory; "
            f"{MEMORY[stack.name] // GIGABYTE} GB are what this stack is sized for."
        )
    try:
        free = shutil.disk_usage(root).free
    except OSError:
        return  # an engine elsewhere, or a folder that is not ours to see
    if free < DISK:
        yield f"Only {free / GIGABYTE:.1f} GB are free in {root}; images, data, logs and backups grow."
