"""`python -m tests.bench`: measure, and print one table."""

import argparse
import json
import platform
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from subprocess import SubprocessError

from tests.bench.findings import Findings
from tests.bench.place import Place, prepared
from tests.bench.progress import quiet_logs, say
from tests.bench.table import show

from robolearn.domain.errors import RobolearnError

# Each is a module here with `measure(place) -> Findings`.
BENCHMARKS = ("loading", "worker", "hybrid", "catalogue", "quality")
REPEATS = 3


def main() -> int:
    """Run what is asked for; 1 if a benchmark could not be measured. Goals that are missed are no error."""
    asked = _arguments()
    quiet_logs()
    found: dict[str, Findings] = {}
    failed = False
    repeats = 1 if asked.quick else asked.repeats
    with prepared(repeats=repeats, quick=asked.quick) as place:
        for name in asked.only or BENCHMARKS:
            try:
                found[name] = _measured(name, place)
            except (RobolearnError, OSError, RuntimeError, SubprocessError) as error:
                say(f"{name} could not be measured: {error}")
                failed = True
    show(found.values())
    if asked.json:
        asked.json.write_text(_json(found), encoding="utf-8")
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="one benchmark; may be repeated")
    parser.add_argument("--repeats", type=int, default=REPEATS, help="how often each side is measured")
    parser.add_argument("--quick", action="store_true", help="a small load, once: does it run at all?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything to a file")
    return parser.parse_args()


def _measured(name: str, place: Place) -> Findings:
    say(f"{name}: starting")
    found: Findings = import_module(f"tests.bench.{name}").measure(place)
    return found


def _json(found: dict[str, Findings]) -> str:
    machine = {"machine": platform.platform(), "python": platform.python_version()}
    return json.dumps(
        machine | {name: asdict(one) for name, one in found.items()}, indent=2, ensure_ascii=False
    )


if __name__ == "__main__":
    sys.exit(main())
