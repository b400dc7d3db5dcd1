"""Bring a stack up, and say where it is."""

from collections.abc import Mapping
from typing import Any

from scripts.stack import checks
from scripts.stack.refusal import Refused, say
from scripts.stack.stacks import Stack

PATIENCE = "300"  # seconds; a first start makes the database and waits for health checks


def up(stack: Stack) -> None:
    """Look first, then start everything and wait until it is healthy."""
    checks.preflight(stack)
    start(stack)
    say(f"Running at {address(stack)}")


def start(stack: Stack, *services: str, scales: Mapping[str, int] | None = None) -> None:
    """Start services (none named: all) and wait for their health. Raises Refused with what is known.

    `scales` says how many containers a service has, where that is not what its settings say.
    """
    numbers = [f"--scale={service}={number}" for service, number in (scales or {}).items()]
    if stack.run("up", "--detach", "--wait", "--wait-timeout", PATIENCE, *numbers, *services):
        for container in _ailing(stack):
            stack.run("logs", "--no-log-prefix", "--tail", "15", container)
        raise Refused(
            [f"Not everything came up ({', '.join(_ailing(stack)) or 'see above'}); the reasons are above."]
        )


def _ailing(stack: Stack) -> list[str]:
    containers = stack.containers()
    bad = {one["Service"] for one in containers if _has_failed(one)}
    return sorted(bad or {one["Service"] for one in containers if one["Health"] == "starting"})


def _has_failed(container: dict[str, Any]) -> bool:
    ended = container["State"] == "exited" and container["ExitCode"] != 0
    return bool(ended or container["State"] == "restarting" or container["Health"] == "unhealthy")


def address(stack: Stack) -> str:
    """Where learners come in."""
    if not stack.is_production:
        return f"http://127.0.0.1:{stack.value('HTTP_PORT', '8000')}/"
    port = stack.value("HTTPS_PORT", "443")
    host = stack.value("SERVER_NAME", "localhost").split()[0]
    return f"https://{'localhost' if host == '*' else host}{'' if port == '443' else ':' + port}/"
