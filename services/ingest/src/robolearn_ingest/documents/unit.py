"""The smallest piece of a page that a passage is put together from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """Plain text with the lines it comes from (1-based, inclusive).

    `breaks` are the offsets in `text` at which new source lines begin; for code, `first_line` is the line of
    its first line. `joint` stands between it and the unit before. One that `leads` belongs with the unit
    after it. A `note` comes from a footnote, which may be shown far from where it was written.
    """

    text: str
    start: int
    end: int
    breaks: tuple[int, ...] = ()
    joint: str = "\n\n"
    leads: bool = False
    code: bool = False
    first_line: int = 0
    note: bool = False
