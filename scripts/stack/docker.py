"""Asking Docker."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run a command in front of the operator. Returns its exit code."""
    return subprocess.run(command, env=environment, check=False).returncode


def answer(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What a command prints. Raises subprocess.CalledProcessError, with what it said, where it fails."""
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def objects(command: Sequence[str], environment: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The objects of a command that prints JSON: one, a list, or one on each line."""
    text = answer(command, environment)
    if not text:
        return []
    if text.startswith("["):
        found: list[dict[str, Any]] = json.loads(text)
        return found
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]
