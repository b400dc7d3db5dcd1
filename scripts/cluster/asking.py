"""Ask the cluster that kubectl speaks to."""

import json
import subprocess
from functools import cache
from typing import Any

NEXT = "}\n{"  # between two objects that kubectl prints one after the other


class Unreachable(Exception):
    """There is no cluster to look at."""


def ask(*arguments: str) -> Any:
    """What kubectl answers, as a list of JSON objects. Raises Unreachable."""
    try:
        done = subprocess.run(
            ["kubectl", *arguments], check=False, capture_output=True, text=True, timeout=60
        )
    except FileNotFoundError:
        raise Unreachable("kubectl is not installed") from None
    except subprocess.TimeoutExpired:
        raise Unreachable("the API server does not answer within a minute; check KUBECONFIG") from None
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["nothing"])[-1].rstrip("?.")
        raise Unreachable(f"check KUBECONFIG and what you may see; kubectl says: {words}")
    return json.loads(f"[{done.stdout.replace(NEXT, '},{')}]")


@cache
def listed(kind: str) -> Any:
    """All objects of a kind that belongs to no namespace."""
    return ask("get", kind, "-o", "json")[0]["items"]
