"""How many containers a service may have."""

from scripts.stack.refusal import Refused
from scripts.stack.stacks import Stack

# Why there may not be two.
SINGLE = {
    "beat": "two would send each hint twice",
    "backup": "two would take each backup twice",
    "postgres": "two cannot share one folder of data; add a replica with DATABASE_READ_URL",
    "redis": "two cannot share one folder of data, and it is never busy",
    "qdrant": "two cannot share one folder of data; a Qdrant cluster is described in docs/operations.md",
    "nginx": "two cannot listen on one port; put a load balancer in front of two machines",
    "gateway": "two cannot listen on one port",
}
MANY = ("api", "worker")
POOLS, RESERVED = 2, 15  # pools of an api process; connections for beat, backup, loading and people
MAX_CONNECTIONS = 200  # docker/postgres/postgresql.conf


def numbers(asked: dict[str, str]) -> dict[str, int]:
    """The numbers that were asked for. Raises Refused for what is none."""
    return {service: _number(service, number) for service, number in asked.items()}


def problems(stack: Stack, numbers: dict[str, int]) -> list[str]:
    """What speaks against so many of each service."""
    each = (_problem(service, number) for service, number in numbers.items())
    return [*(one for one in each if one), *_crowd(stack, numbers)]


def _number(service: str, asked: str) -> int:
    try:
        return int(asked)
    except ValueError:
        raise Refused(
            [f"{service.upper()}={asked} is no number; write make scale {service.upper()}=2."]
        ) from None


def _problem(service: str, number: int) -> str | None:
    if service in SINGLE and number != 1:
        reason = SINGLE[service] if number > 1 else "the others need it"
        return f"There is one {service}, not {number}: {reason}."
    if service not in (*SINGLE, *MANY):
        return f"{service} cannot be scaled; api and worker can."
    if number < 1:
        return f"{service}={number} would leave nobody to do its work; use 1 or more, or `make stop` for all."
    return None


def _crowd(stack: Stack, numbers: dict[str, int]) -> list[str]:
    """More connections than PostgreSQL has are told now, not by the first request that finds none."""
    if not stack.is_production or stack.value("DATABASE_URL"):
        return []  # through PgBouncer, or to a server that we know nothing of
    size = int(stack.value("DATABASE_POOL_SIZE", "5"))
    api = numbers.get("api", int(stack.value("API_REPLICAS", "1")))
    worker = numbers.get("worker", int(stack.value("WORKER_REPLICAS", "1")))
    needed = (api * int(stack.value("API_PROCESSES", "4")) * POOLS + worker) * size + RESERVED
    if needed <= MAX_CONNECTIONS:
        return []
    return [
        f"They could open {needed} connections, and PostgreSQL allows {MAX_CONNECTIONS}; use the profile "
        "pgbouncer with DATABASE_URL, or lower DATABASE_POOL_SIZE or API_PROCESSES."
    ]
