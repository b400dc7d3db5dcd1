"""The patches of k8s/, and what each is meant for. One that meets nothing is skipped in silence."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .combinations import COMBINATIONS, K8S
from .rendering import render

_OR = re.compile(r"\(([^()]*\|[^()]*)\)")
_OF_A_RELEASE = re.compile(r"-v\d+-\d+-\d+$")


class Target(NamedTuple):
    """Patterns of what a patch is for; each alternative is one of its own."""

    file: str
    kind: str
    name: str

    def meets(self, kind: str, name: str) -> bool:
        """As kustomize compares: the whole of each."""
        return bool(re.fullmatch(self.kind, kind) and re.fullmatch(self.name, name))


def targets() -> Iterator[Target]:
    """Of every kustomization."""
    for file in sorted(K8S.rglob("kustomization.yaml")):
        for patch in yaml.safe_load(file.read_text()).get("patches", ()):
            found = patch.get("target") or _named(file.parent / patch["path"])
            for kind in _alternatives(found.get("kind", ".*")):
                for name in _alternatives(found.get("name", ".*")):
                    yield Target(str(file.parent.relative_to(K8S)), kind, name)


def _named(file: Path) -> dict[str, Any]:
    """A patch without a target is for the object that it names."""
    said = yaml.safe_load(file.read_text())
    return {"kind": said["kind"], "name": said["metadata"]["name"]}


def _alternatives(pattern: str) -> list[str]:
    """`to-(a|b)` is `to-a` and `to-b`."""
    if not (group := _OR.search(pattern)):
        return pattern.split("|")
    before, after = pattern[: group.start()], pattern[group.end() :]
    return [found for one in group[1].split("|") for found in _alternatives(before + one + after)]


@cache
def there() -> set[tuple[str, str]]:
    """Every object of every combination, by the name that it has before a release adds its own."""
    objects = [one for name in COMBINATIONS for one in render(name).objects]
    return {(one["kind"], _OF_A_RELEASE.sub("", one["metadata"]["name"])) for one in objects}
