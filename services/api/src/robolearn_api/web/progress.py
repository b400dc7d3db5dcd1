"""How far the index has come, as the first page tells it."""

from __future__ import annotations

from dataclasses import dataclass

from robolearn.domain.work import IndexCounts


@dataclass(frozen=True, slots=True)
class Progress:
    """Passages that search knows by meaning, of all that it will."""

    done: int
    total: int

    @classmethod
    def of(cls, counts: IndexCounts) -> Progress | None:
        """None when nothing is waiting: there is nothing to tell."""
        if not counts.pending:
            return None
        return cls(counts.embedded, counts.passages)
