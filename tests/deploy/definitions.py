"""Definitions of custom resources, as schemas that refuse what they do not know."""

from functools import cache
from typing import Any

import yaml

from .lint import DEFINITIONS
from .rendering import LOADER

Schema = dict[str, Any]
Kind = tuple[str, str]
_OPEN = ("x-kubernetes-preserve-unknown-fields", "additionalProperties")


@cache
def schemas() -> dict[Kind, Schema]:
    """By apiVersion and kind."""
    found = {}
    for file in DEFINITIONS.glob("*.yaml"):
        for one in yaml.load_all(file.read_text(), LOADER):
            spec = one["spec"]
            for version in spec["versions"]:
                key = f"{spec['group']}/{version['name']}", spec["names"]["kind"]
                found[key] = _of_object(version["schema"]["openAPIV3Schema"])
    return found


def _of_object(schema: Schema) -> Schema:
    """The API server looks at these three itself."""
    strict: Schema = _strict(schema)
    strict["properties"] |= {"apiVersion": {}, "kind": {}, "metadata": {"type": "object"}}
    return strict


def _strict(node: Any) -> Any:
    """Unknown fields are refused, as `kubectl apply` does, wherever the schema does not let them in."""
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    strict = {key: _strict(value) for key, value in node.items()}
    if isinstance(pattern := strict.get("pattern"), str):
        # Go lets flags stand anywhere.
        strict["pattern"] = pattern.replace("^(?i)", "(?i)^")
    if isinstance(strict.get("properties"), dict) and not any(name in strict for name in _OPEN):
        # Not within anyOf and its like, whose branches name only what they add.
        strict["additionalProperties"] = False
    return strict
