"""The arrows of ARCHITECTURE.md, as data."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .combinations import ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text().partition("\n## How it is deployed\n")[2].partition("\n## ")[0]
# `--443-->`, `<--6379--`, `-->`; the ports are between the dashes.
_ARROW = re.compile(r"\s+(<?--+(?:\d[\d, ]*--+)?>?)\s+")
_ROW = re.compile(r"^\| `([\w-]+)`[^|]* \| (`.*`) \|$", re.MULTILINE)
_WITH_PORT = re.compile(r"([\w-]+) (\d+)")


class Arrow(NamedTuple):
    """A connection, made by `source`. Optional ones are brought by a component."""

    source: str
    target: str
    port: int
    optional: bool = False


@cache
def drawn() -> set[Arrow]:
    """The arrows of the picture."""
    found: set[Arrow] = set()
    many = ""  # who the branches of the line below begin at
    for line in TEXT.split("```")[1].strip().splitlines():
        for column in re.split(r"\s{5,}", line.strip()):
            found |= set(_arrows(column.replace("`", f"{many} --") if column.startswith("`") else column))
            many = next(iter(re.findall(r"(\w+) x N", column)), many)
    return found


@cache
def brought() -> dict[str, set[Arrow]]:
    """The arrows that each component brings."""
    rows = _ROW.findall(TEXT)
    return {
        name: {a for part in re.findall(r"`([^`]+)`", cell) for a in _arrows(part)} for name, cell in rows
    }


def _arrows(text: str) -> Iterator[Arrow]:
    """Those of `a --1--> b <--2-- c`."""
    parts = _ARROW.split(f"{text} ")
    for left, arrow, right in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        source, target = (right, left) if arrow.startswith("<") else (left, right)
        yield from _of_one(source, re.findall(r"\d+", arrow), target)


def _of_one(source: str, ports: list[str], target: str) -> Iterator[Arrow]:
    optional = target.strip().endswith("(optional)")
    for name in _names(source):
        for end, port in _ends(target, ports):
            yield Arrow(name, end, int(port), optional)


def _ends(target: str, ports: list[str]) -> list[tuple[str, str]]:
    """With whom, and on which port: in the same order, each port of the one, or as the names tell."""
    if not ports:
        return _WITH_PORT.findall(target)
    names = _names(target)
    return list(zip(names, ports, strict=True)) if len(names) > 1 else [(names[0], port) for port in ports]


def _names(text: str) -> list[str]:
    bare = re.sub(r" x N| \(optional\)", "", text)
    return [name.strip() for name in bare.split(",")]
