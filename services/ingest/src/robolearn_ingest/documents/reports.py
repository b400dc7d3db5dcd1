"""What a parser's rules find wrong, noted while they run."""

from collections.abc import MutableMapping
from typing import Any

from robolearn.domain.problems import Problem, Severity

_KEY = "problems"
_MAX_REPORTS = 20


def report(env: MutableMapping[str, Any], line: int, reason: str, advice: str) -> None:
    """Note a warning at a 1-based line, once; a page that is wrong everywhere is cut short."""
    noted = env.setdefault(_KEY, {})
    if len(noted) < _MAX_REPORTS:
        noted.setdefault((line, reason), advice)


def reported(env: MutableMapping[str, Any], path: str) -> list[Problem]:
    """The warnings noted so far, by line."""
    noted = sorted(env.get(_KEY, {}).items())
    return [Problem(path, line, Severity.WARNING, reason, advice) for (line, reason), advice in noted]
