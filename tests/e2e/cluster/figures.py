"""What the tests measure beside what they prove; shown when they are done."""

_measured: dict[str, str] = {}


def note(what: str, value: str) -> None:
    """Keep a figure for the summary."""
    _measured[what] = value


def lines() -> list[str]:
    """All that was measured."""
    return [f"{what}: {value}" for what, value in _measured.items()]
