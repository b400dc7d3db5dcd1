"""Measure the images against their budgets: report.py [api worker ingest development]

Exits with 1 if one is over. Every build happens in a copy of the context. The first is made without any
cache of this machine but the base image; of the others the best of three counts, since a build waits for
whatever else the machine does.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from building import build, change_code, copy_context, without_caches
from layers import by_group, size

CONTEXT_BYTES = 1_000_000
FIRST_SECONDS = 300
CODE_SECONDS = 3
NONE_SECONDS = 1
TIMES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, what it came to, and what it may come to."""

    name: str
    measured: float
    budget: float
    unit: str

    def __str__(self) -> str:
        verdict = "ok" if self.measured <= self.budget else "OVER"
        return f"  {self.name:<28} {self.measured:>8.1f} {self.unit:<3} of {self.budget:>6g}  {verdict}"


BUDGETS = {"api": 300, "worker": 300, "ingest": 220, "development": 700}  # MB, each a million bytes


def measure(name: str, context: Path) -> list[Row]:
    """Build and weigh one image, and print it."""
    options = ["--target", "development"]
    if name != "development":
        options = ["--target", "production", "--build-arg", f"SERVICE={name}"]
    print(f"{name}: building from nothing ...", flush=True)
    first = build(context, ["--no-cache", *options], without_caches(context))
    kept = build(context, options)
    weight = size(kept.image) / 1e6
    groups = ", ".join(f"{group} {bytes_ / 1e6:.1f}" for group, bytes_ in by_group(kept.image).items())
    rows = [
        Row("size", weight, BUDGETS[name], "MB"),
        Row("context", first.context / 1e6, CONTEXT_BYTES / 1e6, "MB"),
        Row("first build", first.seconds, FIRST_SECONDS, "s"),
    ]
    if name != "development":  # its code is mounted
        rows.append(Row("rebuild, code changed", _changed(context, name, options), CODE_SECONDS, "s"))
    rows.append(Row("rebuild, nothing changed", _unchanged(context, options), NONE_SECONDS, "s"))
    print(*rows, f"  by layers, MB: {groups}", sep="\n", flush=True)
    subprocess.run(["docker", "rmi", first.image], capture_output=True, check=False)
    return rows


def _changed(context: Path, service: str, options: list[str]) -> float:
    seconds = []
    for _ in range(TIMES):
        change_code(context, service)
        made = build(context, options)
        seconds.append(made.seconds)
        subprocess.run(["docker", "rmi", made.image], capture_output=True, check=False)
    return min(seconds)


def _unchanged(context: Path, options: list[str]) -> float:
    build(context, options)
    return min(build(context, options).seconds for _ in range(TIMES))


def main(names: list[str]) -> int:
    """Measure the images of these names; all if there is none."""
    over = []
    for name in names or BUDGETS:
        with TemporaryDirectory(prefix="robolearn-images-") as folder:
            copy_context(Path(folder))
            over += [
                f"{name}: {row.name}" for row in measure(name, Path(folder)) if row.measured > row.budget
            ]
    print("Over budget: " + "; ".join(over) + "." if over else "All within budget.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
