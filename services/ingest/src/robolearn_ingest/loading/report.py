"""What a run did, for people and for machines."""

from dataclasses import asdict, dataclass
from typing import Any

from robolearn.domain.problems import Problem, Severity

LESSON_COUNTS = ("added", "changed", "moved", "removed", "unchanged")


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The outcome of one run. `counts` has lessons by what happened to them, courses and passages.

    `written` is False where nothing had changed, or where it was a dry run.
    """

    location: str
    revision: str | None
    layouts: tuple[str, ...]
    counts: dict[str, int]
    problems: tuple[Problem, ...]
    written: bool
    dry_run: bool

    @property
    def errors(self) -> int:
        """How many files were not loaded."""
        return sum(one.severity is Severity.ERROR for one in self.problems)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON-able values."""
        return asdict(self)
