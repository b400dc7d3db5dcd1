"""Which backups are kept: the last, and some of days, weeks and months (grandfather, father, son)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """How many of each are kept; of a day, a week or a month it is the newest."""

    last: int
    daily: int
    weekly: int
    monthly: int


def doomed(created: Sequence[datetime], policy: Policy) -> list[datetime]:
    """Those that no rule keeps, oldest first. The newest is always kept."""
    ordered = sorted({one.astimezone(UTC) for one in created}, reverse=True)
    kept = set(ordered[: max(policy.last, 1)])
    kept |= _newest_of_each(ordered, policy.daily, lambda one: (one.year, one.month, one.day))
    kept |= _newest_of_each(ordered, policy.weekly, lambda one: tuple(one.isocalendar())[:2])
    kept |= _newest_of_each(ordered, policy.monthly, lambda one: (one.year, one.month))
    return sorted(set(ordered) - kept)


def _newest_of_each(
    newest_first: Sequence[datetime], periods: int, period: Callable[[datetime], tuple[int, ...]]
) -> set[datetime]:
    found: dict[tuple[int, ...], datetime] = {}
    for one in newest_first:
        found.setdefault(period(one), one)
    return set(list(found.values())[:periods])
