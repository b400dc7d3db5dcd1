"""Numbers and levels as people say them."""

from collections.abc import Iterable

LEVELS = ("beginner", "intermediate", "advanced", "expert")


def counted(number: int, noun: str) -> str:
    """`1 lesson`, `12 lessons`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def duration(minutes: int) -> str:
    """`45 min`, `2 h`, `3 h 20 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def by_difficulty(levels: Iterable[str]) -> list[str]:
    """The levels from easy to hard; names that only their author knows come last."""
    return sorted(levels, key=lambda level: (LEVELS.index(level) if level in LEVELS else len(LEVELS), level))


def span_of(levels: Iterable[str]) -> str:
    """`beginner`, or `beginner to advanced`."""
    ordered = by_difficulty(levels)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"
