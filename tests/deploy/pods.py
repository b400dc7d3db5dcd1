"""Pod templates, wherever they stand in an object."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]
STAYING = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
ENDING = ("Job", "CronJob")


@dataclass(frozen=True)
class Pod:
    """The template of `owner`'s pods."""

    owner: Object
    template: Object

    def __str__(self) -> str:
        return f"{self.owner['kind']} {self.owner['metadata']['name']}"

    @property
    def stays(self) -> bool:
        """Whether it is to run all the time."""
        return self.owner["kind"] in STAYING

    @property
    def labels(self) -> dict[str, str]:
        """What selectors see."""
        found: dict[str, str] = self.template["metadata"].get("labels", {})
        return found

    @property
    def role(self) -> str:
        """Its name in the picture of ARCHITECTURE.md."""
        return self.labels["app.kubernetes.io/name"]

    @property
    def spec(self) -> Object:
        """Its specification."""
        found: Object = self.template["spec"]
        return found

    @property
    def containers(self) -> list[Object]:
        """All containers, those that run before others, too."""
        return [*self.spec.get("initContainers", ()), *self.spec["containers"]]

    @property
    def ports(self) -> dict[str, int]:
        """Its ports by name."""
        return {port["name"]: port["containerPort"] for c in self.containers for port in c.get("ports", ())}

    @property
    def variables(self) -> list[Object]:
        """The variables of its environment that are named one by one."""
        return [variable for container in self.containers for variable in container.get("env", ())]


def pod_of(owner: Object) -> Pod | None:
    """The pod template of an object that has one. A kind that is not known has its template found, too."""
    template = next(_templates(owner), None)
    return Pod(owner, template) if template else None


def _templates(node: Any) -> Iterator[Object]:
    """Whatever holds a specification with containers."""
    if not isinstance(node, dict):
        return
    if isinstance(spec := node.get("spec"), dict) and "containers" in spec:
        yield {"metadata": {}, **node}
        return
    for value in node.values():
        yield from _templates(value)
