"""A block of raw HTML as units of text, one for each paragraph, list item or row in it."""

from collections.abc import Iterator

from robolearn_ingest.documents.raw_html import BLOCKS, pieces_of
from robolearn_ingest.documents.unit import Unit

_ROW_PARTS = {"td", "th"}


class _Gathering:
    """Text gathered so far, with its lines."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.start = self.end = 0

    def add(self, text: str, line: int) -> None:
        if text.strip() and not "".join(self.parts).strip():
            self.start = line + text[: len(text) - len(text.lstrip())].count("\n")
        self.parts.append(text)
        if text.strip():
            self.end = line + text.rstrip().count("\n")

    def taken(self, preformatted: bool) -> Unit | None:
        text = "".join(self.parts)
        self.parts = []
        if not text.strip(" \n\t;"):
            return None
        if preformatted:
            return Unit(text.strip("\n"), self.start, self.end, code=True, first_line=self.start)
        lines = (" ".join(line.split()) for line in text.strip().strip(";").split("\0"))
        return Unit("\n".join(filter(None, lines)), self.start, self.end)


def html_units(html: str, first: int) -> Iterator[Unit]:
    """The units of a chunk of HTML whose first line is `first`."""
    gathered, depth = _Gathering(), 0
    for piece in pieces_of(html):
        line = first + piece.line
        if piece.tag in _ROW_PARTS:
            gathered.add("; " if piece.closing else "", line)
        elif piece.tag in BLOCKS:
            unit = gathered.taken(preformatted=depth > 0)
            if unit:
                yield unit
            if piece.tag == "pre":
                depth = max(0, depth + (-1 if piece.closing else 1))
        elif piece.tag:
            gathered.add(_said(piece.tag, piece.attributes), line)
        else:
            gathered.add(piece.text, line)
    last = gathered.taken(preformatted=depth > 0)
    if last:
        yield last


def _said(tag: str, attributes: dict[str, str]) -> str:
    """What a tag itself says: a line break, or what an image shows."""
    if tag == "br":
        return "\0"
    return f"{attributes['alt']} " if tag == "img" and attributes.get("alt") else ""
