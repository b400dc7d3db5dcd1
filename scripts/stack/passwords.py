"""The secrets of production: which there are, and making those that are missing."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from scripts.stack import envfile
from scripts.stack.placeholders import is_placeholder
from scripts.stack.refusal import Refused


@dataclass(frozen=True)
class Secret:
    """A secret and the reason it exists. `needed` ones have no stack without them."""

    name: str
    reason: str
    needed: bool = True


GENERATED = (
    Secret(
        "POSTGRES_PASSWORD",
        "Of robotics_user in PostgreSQL. It is set when the database is made; change it there too.",
    ),
    Secret(
        "REDIS_PASSWORD", "Of Redis, the broker. Changing it takes a restart of Redis, api, worker and beat."
    ),
    Secret("QDRANT_API_KEY", "For everything that asks Qdrant."),
    Secret("GRAFANA_PASSWORD", "Of admin in Grafana, in the profile monitoring.", needed=False),
    Secret("SECRET_KEY", "Reserved for signing what learners carry; nothing uses it yet.", needed=False),
)
GIVEN = (Secret("OPENAI_API_KEY", "From your provider, with EMBEDDING_PROVIDER=openai.", needed=False),)

_HEADER = """\
# Secrets and settings of production, for docker-compose.prod.yml. Keep a copy away from this machine.
# NAME_FILE=path instead of NAME=value takes a secret from a file.
"""
_OPTIONAL = """
# From your provider, with EMBEDDING_PROVIDER=openai.
#OPENAI_API_KEY=
"""


def make(path: Path) -> list[str]:
    """Add each secret that is missing, touch none that is there. Returns the names of the new ones."""
    there = envfile.read(path)
    fakes = [secret.name for secret in GENERATED if is_placeholder(there.get(secret.name, ""))]
    if fakes:
        raise Refused([f"{path} has a placeholder for {', '.join(fakes)}; delete the line and run it again."])
    new = [one for one in GENERATED if not there.get(one.name) and not there.get(f"{one.name}_FILE")]
    if new:
        lines = "".join(f"\n# {one.reason}\n{one.name}={secrets.token_urlsafe(32)}\n" for one in new)
        envfile.append(path, lines if path.exists() else _HEADER + lines + _OPTIONAL)
    return [one.name for one in new]
