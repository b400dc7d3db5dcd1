"""The drill: what is backed up comes back. In a stack of its own, which is always removed."""

import os
import secrets
import socket
import time
from collections.abc import Callable

from scripts.stack import backups, checks
from scripts.stack.checks import networks
from scripts.stack.facts import Facts, pending
from scripts.stack.refusal import Refused, say
from scripts.stack.seeding import seed
from scripts.stack.stacks import Stack
from scripts.stack.starting import start

DATA = ("postgres_data", "qdrant_data", "qdrant_snapshots", "redis_data")
EMBEDDED_WITHIN = 180  # seconds
# Settings of the stack that serves which would lead the drill to it, or to a provider that is paid.
SERVING_ONLY = (
    *("COMPOSE_PROFILES", "CERTIFICATES", "DATABASE_URL", "DATABASE_READ_URL", "DATABASE_POOLER"),
    *("QDRANT_SHARD_NUMBER", "QDRANT_REPLICATION_FACTOR"),
    *("EMBEDDING_PROVIDER", "OPENAI_API_KEY", "OPENAI_API_KEY_FILE", "OPENAI_BASE_URL"),
)
NUMBERS = ("API_PROCESSES", "API_REPLICAS", "WORKER_REPLICAS")
SUBNETS = tuple(f"172.{second}.248.0/24" for second in range(31, 24, -1))


def drill(production: Stack) -> None:
    """Up, load, back up, destroy, restore, compare. Raises Refused with what differs."""
    stack = _apart(production)
    checks.preflight(stack)
    try:
        _rehearse(stack)
    finally:
        stack.run("down", "--volumes", "--remove-orphans", "--timeout", "10")


def _rehearse(stack: Stack) -> None:
    _step("start", lambda: start(stack))
    _step("load the sample courses", lambda: _must(seed(stack), "The sample courses could not be loaded."))
    _step("wait until all is embedded", lambda: _wait(stack))
    before = Facts.of(stack)
    _step("back up", lambda: _must(backups.command(stack, "backup"), "No backup was taken."))
    _step("destroy all data", lambda: _destroy(stack))
    _step("start empty", lambda: start(stack))
    _step("restore", lambda: backups.bring_back(stack, "latest"))
    _compare(before, Facts.of(stack))


def _apart(production: Stack) -> Stack:
    """Ports, networks and secrets of its own: it touches nothing of the stack that serves."""
    mark = f"-drill-{os.getpid()}"
    made = {
        name: secrets.token_urlsafe(24) for name in ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "QDRANT_API_KEY")
    }
    files = {f"{name}_FILE": "" for name in made}
    ports = {"HTTP_PORT": _free_port(), "HTTPS_PORT": _free_port(), "BIND_ADDRESS": "127.0.0.1"}
    other = {
        "NETWORK_SUFFIX": mark,
        "NETWORK_SUBNET": networks.free(SUBNETS),
        "HEALTH_INTERVAL": "3s",
    }
    plain = {"SERVER_NAME": "localhost", **dict.fromkeys(SERVING_ONLY, ""), **dict.fromkeys(NUMBERS, "1")}
    return production.apart(f"robotics{mark}", **made, **files, **ports, **other, **plain)


def _free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def _step(name: str, work: Callable[[], object]) -> None:
    say(f"drill: {name}")
    started = time.monotonic()
    work()
    say(f"drill: {name}: {time.monotonic() - started:.1f} s")


def _must(code: int, otherwise: str) -> None:
    if code:
        raise Refused([f"{otherwise} It ended with code {code}; the reason is above."])


def _wait(stack: Stack) -> None:
    end = time.monotonic() + EMBEDDED_WITHIN
    while left := pending(stack):
        if time.monotonic() > end:
            raise Refused(
                [f"{left} passages are still not embedded after {EMBEDDED_WITHIN} s; see the worker's log."]
            )
        time.sleep(0.5)


def _destroy(stack: Stack) -> None:
    _must(stack.run("down", "--timeout", "10"), "The stack could not be stopped.")
    for volume in DATA:
        stack.remove_volume(volume)


def _compare(before: Facts, after: Facts) -> None:
    if differing := before.differences(after):
        raise Refused([f"After the restore {name} is {new}; it was {old}." for name, old, new in differing])
    say(f"drill: the same after the restore: {before}")
