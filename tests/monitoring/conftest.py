"""Prometheus's own checker, and what the monitoring's files say."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .reading import alerts, expressions

Promtool = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def promtool() -> Promtool:
    """Runs promtool; what it said is in `stdout` and `stderr`."""
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("promtool is not installed: `apt-get install --no-install-recommends prometheus`")

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def alert_rules() -> dict[str, dict]:
    """Every alert by its name."""
    return alerts()


@pytest.fixture(scope="session")
def all_expressions() -> list[str]:
    """Everything in PromQL: rules, and the dashboard with an interval in place of Grafana's."""
    return expressions()
