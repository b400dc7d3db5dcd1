"""What the all-in-one process tells the person who started it."""

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import IndexCounts
from robolearn.ports.ledger import Ledger

POLL_SECONDS = 0.2
PATIENCE_SECONDS = 60

console = Console(highlight=False)


def step(sentence: str) -> None:
    """Say what happens next."""
    console.print(sentence, soft_wrap=True)


def show_indexing(ledger: Ledger, profile: EmbeddingProfile) -> None:
    """Show how passages are embedded until none is pending, or for a minute nothing has moved."""
    columns = (TextColumn("Embedding passages"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("passages", total=None)
        counts, moved = ledger.counts(profile), time.monotonic()
        while counts.pending and time.monotonic() - moved < PATIENCE_SECONDS:
            bar.update(task, completed=counts.passages - counts.pending, total=counts.passages)
            time.sleep(POLL_SECONDS)
            latest = ledger.counts(profile)
            moved = moved if latest == counts else time.monotonic()
            counts = latest
    _show_counts(counts)


def _show_counts(counts: IndexCounts) -> None:
    console.print(f"{counts.embedded} of {counts.passages} passages are embedded.")
    if counts.pending:
        console.print("The rest is not moving; search answers by words meanwhile. The log tells why.")
    if counts.failed:
        console.print(f"{counts.failed} cannot be embedded; the log tells why.")


def show_address(port: int) -> None:
    """Print where to go."""
    console.print(f"\n  Open [bold]http://127.0.0.1:{port}/[/bold] and search. Ctrl-C stops everything.\n")
