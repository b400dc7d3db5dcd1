"""Do the settings say how many api and worker containers there may be?"""

from collections.abc import Iterator

from scripts.stack import replicas
from scripts.stack.refusal import Refused
from scripts.stack.stacks import Stack


def check(stack: Stack) -> Iterator[str]:
    """API_REPLICAS and WORKER_REPLICAS, by the rules of `make scale`."""
    asked = {service: stack.value(f"{service.upper()}_REPLICAS", "1") for service in replicas.MANY}
    try:
        yield from replicas.problems(stack, replicas.numbers(asked))
    except Refused as refused:
        yield from refused.problems
