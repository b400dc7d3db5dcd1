"""The findings for people."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from tests.bench.findings import Findings, Grid, Row

COLUMNS = ("measured", "ours", "baseline", "ratio", "goal", "met", "peak MB, ours", "peak MB, baseline")
WIDTH = 160


def show(found: Iterable[Findings]) -> None:
    """Print one table of all rows, then what explains them."""
    console = Console(width=WIDTH, highlight=False)
    findings = list(found)
    table = Table(title="Ratios against raw baselines", title_justify="left")
    for name in COLUMNS:
        table.add_column(name, justify="left" if name in ("measured", "goal", "met") else "right")
    for row in (row for one in findings for row in one.rows):
        table.add_row(*_cells(row))
    console.print(table)
    for one in findings:
        for grid in one.grids:
            console.print(_grid(grid))
        for note in one.notes:
            console.print(f"- {note}")


def _cells(row: Row) -> tuple[str, ...]:
    met = {True: "yes", False: "NO", None: ""}[row.met]
    ratio = "" if row.ratio is None else f"{row.ratio:.2f} x"
    memory = [_megabytes(one) for one in (row.ours_mb, row.baseline_mb)]
    return (
        row.name,
        _value(row.ours, row.unit),
        _value(row.baseline, row.unit),
        ratio,
        row.goal,
        met,
        *memory,
    )


def _value(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.{_digits(value)}f} {unit}"


def _digits(value: float) -> int:
    return 3 if value < 1 else 2 if value < 10 else 1 if value < 1000 else 0


def _megabytes(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _grid(grid: Grid) -> Table:
    table = Table(title=grid.title, title_justify="left")
    for number, name in enumerate(grid.columns):
        table.add_column(name, justify="left" if number < 2 else "right")
    for line in grid.lines:
        table.add_row(*line)
    return table
