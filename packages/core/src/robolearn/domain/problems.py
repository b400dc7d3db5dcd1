"""What was wrong with a curriculum, told so that its author can mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`error`: something was not loaded. `warning`: loaded, but not as the author may think."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One row of the report: where, what, and what to do about it. Lines count from 1."""

    path: str
    line: int | None
    severity: Severity
    reason: str
    advice: str
