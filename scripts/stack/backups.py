"""Backups: take, list, bring back."""

from collections import Counter

from scripts.stack import checks
from scripts.stack.refusal import Refused, say
from scripts.stack.stacks import Stack, ask
from scripts.stack.starting import start


def command(stack: Stack, *arguments: str) -> int:
    """Run a command of the backup program in a container of its own, beside the scheduled one."""
    return stack.run("run", "--rm", "backup", "python", "-m", "robolearn_worker", *arguments)


def restore(stack: Stack, name: str) -> None:
    """Put a backup in the place of the data. What serves is stopped first, and started again in any case."""
    if not name:
        raise Refused(["Say which: make restore NAME=latest, or a name from `make backups`."])
    checks.preflight(stack)
    if not ask(f"Replace all data of {stack.project} by the backup {name}?"):
        raise Refused(["Nothing was changed; answer y, or set YES=1 where nobody can be asked."])
    bring_back(stack, name)
    say("Restored, and everything runs again.")


def bring_back(stack: Stack, name: str) -> None:
    """Look, stop, restore, start. Raises Refused with the state that it leaves."""
    if command(stack, "restore", name, "--replace", "--check"):
        raise Refused(
            ["The backup cannot be restored, for the reason above. Nothing was changed or stopped."]
        )
    serving = _serving(stack)  # as often as each runs: a service that was scaled is scaled again
    if serving and stack.run("stop", *serving):
        raise Refused(
            ["Not everything could be stopped, so nothing was restored; `make ps` tells the state."]
        )
    try:
        code = command(stack, "restore", name, "--replace")
    finally:
        start(stack, *stack.serving, *serving, scales=serving)
    if code:
        raise Refused(
            [
                f"The restore ended with code {code} for the reason above. The database changes as a whole "
                "or not at all; everything runs again, and the worker completes the index from the database."
            ]
        )


def _serving(stack: Stack) -> Counter[str]:
    # PgBouncer keeps connections to the database for programs that are gone.
    wanted = (*stack.serving, "pgbouncer")
    return Counter(one["Service"] for one in stack.containers() if one["Service"] in wanted)
