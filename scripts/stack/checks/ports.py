"""Are the ports free?"""

import errno
import os
import socket
import subprocess
from collections.abc import Iterator

from scripts.stack.stacks import Stack

# What chooses the port of the host, by the port of the container.
ANY = "0.0.0.0"  # noqa: S104  # compared with, never listened on
VARIABLES = {8080: "HTTP_PORT", 8443: "HTTPS_PORT", 5432: "POSTGRES_PORT", 6333: "QDRANT_PORT"}


def check(stack: Stack) -> Iterator[str]:
    """Ports that someone else listens on. Those of an engine elsewhere cannot be seen from here."""
    if os.environ.get("DOCKER_HOST", "unix://").startswith(("tcp:", "ssh:")):
        return
    ours = _held_by(stack)
    for address, port, target in _published(stack):
        if port not in ours and _is_taken(address, port):
            variable = VARIABLES[target]
            yield f"Port {port} of {address} is in use; stop what listens there, or set {variable}."


def _published(stack: Stack) -> Iterator[tuple[str, int, int]]:
    try:
        services = stack.config()["services"].values()
    except subprocess.CalledProcessError:
        return  # the check of the images tells it
    for service in services:
        for port in service.get("ports", ()):
            yield port.get("host_ip", ANY), int(port["published"]), int(port["target"])


def _held_by(stack: Stack) -> set[int]:
    held = (one.get("Publishers") or () for one in stack.containers())
    return {int(publisher["PublishedPort"]) for publishers in held for publisher in publishers}


def _is_taken(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, port))
        except OSError as error:
            # Low ports are the engine's to bind, not ours; then only an answer tells.
            return _answers(address, port) if error.errno == errno.EACCES else error.errno == errno.EADDRINUSE
    return False


def _answers(address: str, port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1" if address == ANY else address, port), timeout=1):
            return True
    except OSError:
        return False
