"""Measuring in a fresh process, so that neither memory nor caches of one measurement reach the next."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.usage import PeakMemory

ROOT = Path(__file__).parents[2]
CHILD_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Sample:
    """What one measurement returned, and its peak memory."""

    values: dict[str, Any]
    megabytes: float


def fresh(function: Callable[..., dict[str, Any]], *arguments: object) -> Sample:
    """Call a function of a module in a new interpreter. Raises RuntimeError if it fails there."""
    name = f"{function.__module__}:{function.__qualname__}"
    given = json.dumps([str(one) if isinstance(one, Path) else one for one in arguments])
    command = [sys.executable, "-m", "tests.bench.child", name, given]
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process,
        PeakMemory(process.pid) as memory,
    ):
        try:
            printed, _ = process.communicate(timeout=CHILD_SECONDS)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise RuntimeError(f"{name} ended with exit code {process.returncode}; what it said is above")
    answer = json.loads(printed)
    return Sample(answer["values"], max(memory.megabytes, answer["own_peak_mb"]))
