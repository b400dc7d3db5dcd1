"""Numbers as people say them."""


def counted(number: int, noun: str) -> str:
    """`1 lesson`, `12 lessons`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def duration(minutes: int) -> str:
    """`45 min`, `2 h`, `3 h 20 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
