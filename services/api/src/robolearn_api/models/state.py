"""The state of the service on the wire."""

from typing import Literal

from robolearn_api.models.wire import Wire


class Dependency(Wire):
    """Something the api stands on."""

    state: Literal["ok", "degraded", "down"]
    reason: str | None = None


class Health(Wire):
    """A summary: `degraded` still serves, without meaning in search; `down` cannot serve."""

    status: Literal["ok", "degraded", "down"]
    dependencies: dict[str, Dependency]


class Probe(Wire):
    """An answer to an orchestrator."""

    status: Literal["ok", "down"]
    reason: str | None = None


class Version(Wire):
    """What runs."""

    name: str
    version: str
    revision: str | None
    """The commit it was built from, if it was told."""
