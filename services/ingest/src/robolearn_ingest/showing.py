"""The progress and the outcome of a run, on a terminal or in a log."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from robolearn.domain.problems import Problem, Severity
from robolearn.observability import get_logger
from robolearn_ingest.loading import LoadReport
from robolearn_ingest.loading.report import LESSON_COUNTS

STEP = 0.1
SHOWN_PLACES = 3

log = get_logger(__name__)


@contextmanager
def parsing_progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; elsewhere a line of log at each tenth of the way."""
    if not sys.stderr.isatty():
        yield _logged()
        return
    columns = (TextColumn("Reading pages"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("pages", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _logged() -> Callable[[int, int], None]:
    due = STEP

    def told(done: int, total: int) -> None:
        nonlocal due
        if done >= total * due:
            log.info("ingest.reading", done=done, total=total)
            due = done / total + STEP

    return told


def show_report(report: LoadReport) -> None:
    """Print tables of what was done and of what was wrong."""
    console = Console()
    console.print(_outcome(report))
    if report.problems:
        console.print(_problems(report))


def _outcome(report: LoadReport) -> Table:
    state = (
        "dry run, nothing written"
        if report.dry_run
        else "loaded"
        if report.written
        else "nothing had changed"
    )
    table = Table(
        title=Text(f"{report.location} ({state})", overflow="fold"),
        caption=f"layout: {', '.join(report.layouts)}",
        title_justify="left",
    )
    names = ("courses", *LESSON_COUNTS, "passages")
    for name in names:
        table.add_column(name, justify="right")
    table.add_row(*(str(report.counts[name]) for name in names))
    return table


def _problems(report: LoadReport) -> Table:
    """One row for what is wrong in the same way in several places; `--json` has each of them."""
    table = Table(title=_summary(report), title_justify="left", show_lines=True)
    table.add_column("path, line", overflow="fold", ratio=4)
    table.add_column("", width=max(len(one) for one in Severity))
    table.add_column("reason and what to do", overflow="fold", ratio=6)
    for (severity, reason, advice), places in _grouped(report.problems).items():
        table.add_row(Text(_shown(places)), severity.value, Text(f"{reason}\n→ {advice}"))
    return table


def _summary(report: LoadReport) -> str:
    warnings = len(report.problems) - report.errors
    counts = ((report.errors, "error"), (warnings, "warning"))
    return ", ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count)


def _grouped(problems: Iterable[Problem]) -> dict[tuple[Severity, str, str], list[Problem]]:
    groups: dict[tuple[Severity, str, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.severity, one.reason, one.advice), []).append(one)
    return groups


def _shown(places: list[Problem]) -> str:
    lines = [one.path if one.line is None else f"{one.path}:{one.line}" for one in places[:SHOWN_PLACES]]
    more = len(places) - len(lines)
    return "\n".join([*lines, f"and {more} more"] if more else lines)
