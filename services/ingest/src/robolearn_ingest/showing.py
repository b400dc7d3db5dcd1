"""The progress and the outcome of a run, on a terminal or in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from robolearn.observability import get_logger
from robolearn_ingest.loading import LoadReport
from robolearn_ingest.loading.report import LESSON_COUNTS

STEP = 0.1

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
        title=Text(f"{report.location} ({state})"),
        caption=f"layout: {', '.join(report.layouts)}",
        title_justify="left",
    )
    names = ("courses", *LESSON_COUNTS, "passages")
    for name in names:
        table.add_column(name, justify="right")
    table.add_row(*(str(report.counts[name]) for name in names))
    return table


def _problems(report: LoadReport) -> Table:
    table = Table(
        title=f"{len(report.problems)} problems, {report.errors} of them files not loaded",
        title_justify="left",
    )
    for name in ("path", "line", "", "reason", "what to do"):
        table.add_column(name, overflow="fold")
    for one in report.problems:
        line = "" if one.line is None else str(one.line)
        cells = (one.path, line, one.severity.value, one.reason, one.advice)
        table.add_row(*(Text(cell) for cell in cells))
    return table
