"""Can the engine give what the services may use?"""

import subprocess
from collections.abc import Iterator

from scripts.stack import docker
from scripts.stack.stacks import Stack


def check(stack: Stack) -> Iterator[str]:
    """The engine refuses to start a container that may use more processors than there are."""
    there = int(docker.answer(["docker", "info", "--format", "{{.NCPU}}"]))
    try:
        services = stack.config()["services"].items()
    except subprocess.CalledProcessError:
        return  # the check of the images tells it
    greedy = [name for name, service in services if float(service.get("cpus", 0)) > there]
    if greedy:
        yield (
            f"{', '.join(greedy)} may use more than the {there} processor(s) of this machine, "
            "which the engine refuses; "
            f"set {', '.join(sorted({f'{_variable(name)}={there}' for name in greedy}))}."
        )


def _variable(service: str) -> str:
    """Some share one, as the Compose files have it."""
    shared = "INGEST" if service in ("migrate", "ingest") else service.rpartition("-")[2].upper()
    return f"{shared}_CPUS"
