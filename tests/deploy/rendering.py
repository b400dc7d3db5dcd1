"""What kubectl makes of a combination, once a run."""

import subprocess
from dataclasses import dataclass, field
from functools import cache, cached_property

import yaml

from .combinations import COMBINATIONS, Combination
from .pods import Object, Pod, pod_of

# Ten times as fast as the other, where libyaml is there.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Rendered:
    """All objects of one combination. Tests share it: they change nothing of it."""

    name: str
    combination: Combination
    text: str = field(repr=False)

    @cached_property
    def objects(self) -> list[Object]:
        """All of them."""
        return list(yaml.load_all(self.text, LOADER))

    @cached_property
    def pods(self) -> list[Pod]:
        """Every pod template, of whatever kind it is part."""
        return [pod for one in self.objects if (pod := pod_of(one))]

    def of(self, *kinds: str) -> list[Object]:
        """All objects of these kinds."""
        return [one for one in self.objects if one["kind"] in kinds]

    def has(self, kind: str, name: str) -> bool:
        """Whether there is an object of that kind and name."""
        return any(one["metadata"]["name"] == name for one in self.of(kind))

    def runs(self, role: str) -> bool:
        """Whether there is a pod of that role, whatever its owner is called in this release."""
        return any(pod.role == role for pod in self.pods)


class NotRendered(Exception):
    """Kubectl refused, with what it said."""


@cache
def render(name: str) -> Rendered:
    """The objects of a combination. Raises NotRendered."""
    combination = COMBINATIONS[name]
    with combination.written() as folder:
        command = ["kubectl", "kustomize", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRendered(f"{name}: {done.stderr.strip()}")
    return Rendered(name, combination, done.stdout)
