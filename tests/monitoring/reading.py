"""The monitoring's files, read."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "monitoring" / "prometheus"
GRAFANA = ROOT / "monitoring" / "grafana"
RULES = sorted((PROMETHEUS / "rules").glob("*.yml"))
CASES = sorted((Path(__file__).parent / "rules").glob("*.yml"))

# A name without a bracket after it, as functions have.
_NAME = re.compile(r"(?<![\w:.])[a-zA-Z_:][\w:]*+(?!\s*\()")
_KEYWORDS = {"and", "or", "unless"}


def alerts() -> dict[str, dict[str, Any]]:
    """Every alert by its name."""
    groups = [group for file in RULES for group in yaml.safe_load(file.read_text())["groups"]]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


def dashboard() -> dict[str, Any]:
    """The dashboard as Grafana reads it."""
    found: dict[str, Any] = json.loads((GRAFANA / "dashboards" / "platform.json").read_text())
    return found


def expressions() -> list[str]:
    """Everything in PromQL, with an interval in place of Grafana's."""
    panels = [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]
    return [rule["expr"] for rule in alerts().values()] + [
        one.replace("$__rate_interval", "5m") for one in panels
    ]


def metrics_in(expression: str) -> set[str]:
    """The metrics that an expression asks for: its names without labels, strings, functions and groupings."""
    bare = re.sub(r'"[^"]*"', "", expression)
    bare = re.sub(r"\{[^}]*\}|\[[^]]*\]|\b(?:by|on|without)\s*\([^)]*\)", " ", bare)
    return set(_NAME.findall(bare)) - _KEYWORDS
