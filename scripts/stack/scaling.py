"""More containers of a service, or fewer."""

from scripts.stack import checks, replicas
from scripts.stack.refusal import Refused, say
from scripts.stack.stacks import Stack
from scripts.stack.starting import PATIENCE


def scale(stack: Stack, asked: dict[str, str]) -> None:
    """Have as many containers as asked of each service. Raises Refused before anything changes."""
    if not asked:
        raise Refused(["Say how many of what: make scale API=3 WORKER=2."])
    numbers = replicas.numbers(asked)
    if problems := replicas.problems(stack, numbers):
        raise Refused(problems)
    checks.preflight(stack)
    scales = [part for service, number in numbers.items() for part in ("--scale", f"{service}={number}")]
    wait = ("--wait", "--wait-timeout", PATIENCE)
    if stack.run("up", "--detach", "--no-recreate", *wait, *scales, *numbers):
        raise Refused(["Not every container came up; `make ps` and `make logs` tell which and why."])
    if stack.is_production:
        kept = ", ".join(f"{service.upper()}_REPLICAS={number}" for service, number in numbers.items())
        say(f"Set {kept} in {stack.env_file} to have as many after the next `make prod`.")
