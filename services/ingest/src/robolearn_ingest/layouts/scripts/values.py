"""Values of a script. Texts and objects remember the line they stand on, for reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Text(str):
    """A string and its 1-based line."""

    line: int = 0

    @classmethod
    def at(cls, value: str, line: int) -> Text:
        """A text that stands on a line."""
        text = cls(value)
        text.line = line
        return text


class Table(dict[str, Any]):
    """An object and the 1-based line it begins on."""

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be known without running the script: the words, shortened, and their 1-based line."""

    source: str
    line: int


# A list holds Values; numbers, booleans and None are as in Python.
Value = Text | Table | Unknown | list[Any] | float | bool | None


def line_of(value: object) -> int | None:
    """The line of a value, if it has one."""
    return getattr(value, "line", None) or None
