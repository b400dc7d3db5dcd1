"""Bring a stack up, and say where it is."""

from scripts.stack import checks
from scripts.stack.refusal import Refused, say
from scripts.stack.stacks import Stack

PATIENCE = "300"  # seconds; a first start makes the database and waits for health checks


def up(stack: Stack) -> None:
    """Look first, then start everything and wait until it is healthy."""
    checks.preflight(stack)
    start(stack)
    say(f"Running at {address(stack)}")


def start(stack: Stack, *services: str) -> None:
    """Start services (none named: all) and wait for their health. Raises Refused with what is known."""
    if stack.run("up", "--detach", "--wait", "--wait-timeout", PATIENCE, *services):
        for container in _ailing(stack):
            stack.run("logs", "--no-log-prefix", "--tail", "15", container)
        raise Refused(
            [f"Not everything came up ({', '.join(_ailing(stack)) or 'see above'}); the reasons are above."]
        )


def _ailing(stack: Stack) -> list[str]:
    def is_ailing(one: dict[str, object]) -> bool:
        ended = one["State"] == "exited" and one["ExitCode"] != 0
        return ended or one["State"] == "restarting" or one["Health"] in ("unhealthy", "starting")

    return sorted({str(one["Service"]) for one in stack.containers() if is_ailing(one)})


def address(stack: Stack) -> str:
    """Where learners come in."""
    if not stack.is_production:
        return f"http://127.0.0.1:{stack.value('HTTP_PORT', '8000')}/"
    port = stack.value("HTTPS_PORT", "443")
    host = stack.value("SERVER_NAME", "localhost").split()[0]
    return f"https://{'localhost' if host == '*' else host}{'' if port == '443' else ':' + port}/"
