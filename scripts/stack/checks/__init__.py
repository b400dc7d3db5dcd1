"""What is looked at before anything starts: all problems at once, each with what to do."""

from collections.abc import Callable, Iterator

from scripts.stack.checks import (
    certificates,
    engine,
    images,
    limits,
    networks,
    ports,
    replicas,
    room,
    secrets,
)
from scripts.stack.refusal import Refused, warn
from scripts.stack.stacks import Stack

Check = Callable[[Stack], Iterator[str]]

# These need no engine, those do.
FILES: tuple[Check, ...] = (secrets.check, certificates.check, replicas.check)
ENGINE: tuple[Check, ...] = (images.check, ports.check, networks.check, limits.check)


def preflight(stack: Stack) -> None:
    """Raises Refused with everything that stands in the way; warns of what may."""
    problems = [problem for check in FILES if stack.is_production for problem in check(stack)]
    missing = list(engine.check(stack))
    # Without secrets the file cannot be read, and without an engine nobody answers.
    if not problems and not missing:
        problems = [problem for check in ENGINE for problem in check(stack)]
        for warning in room.warnings(stack):
            warn(warning)
    if missing or problems:
        raise Refused([*missing, *problems])
