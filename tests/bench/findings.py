"""What a benchmark has found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `met` is None where no goal is set; memory is the peak of the process tree measured."""

    name: str
    ours: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    ours_mb: float | None = None
    baseline_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures that explain a row."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Rows for the table, grids below it, and sentences that say what was compared."""

    rows: tuple[Row, ...]
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()
