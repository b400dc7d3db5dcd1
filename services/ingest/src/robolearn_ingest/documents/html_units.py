"""A block of raw HTML as units of text, one for each paragraph, list item or row in it."""

from collections.abc import Iterator

from robolearn_ingest.documents.raw_html import BLOCKS, Piece, pieces_of
from robolearn_ingest.documents.unit import Unit

_ROW_PARTS = {"td", "th"}
_CLOSE_TOGETHER = {"dd", "dt", "li", "option", "tr"}


class _Gathering:
    """Text gathered so far, with its lines."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._start = self._end = 0
        self._marker = ""
        self._preformatted = 0

    def add(self, text: str, line: int) -> None:
        """Take in text that begins on a line."""
        if text.strip() and not "".join(self._parts).strip():
            self._start = line + text[: len(text) - len(text.lstrip())].count("\n")
        self._parts.append(text)
        if text.strip():
            self._end = line + text.rstrip().count("\n")

    def begin(self, piece: Piece) -> None:
        """Note what block begins or ends."""
        self._marker = "• " if piece.tag == "li" and not piece.closing else ""
        if piece.tag == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if piece.closing else 1))

    def taken(self, joint: str) -> Iterator[Unit]:
        """What was gathered, as a unit if it holds words."""
        text = "".join(self._parts)
        self._parts = []
        if not text.strip(" \n\t;\0"):
            return
        if self._preformatted:
            blank = len(text) - len(text.lstrip("\n"))
            first = self._start - text[blank:].partition(text.strip())[0].count("\n")
            yield Unit(text.strip("\n"), self._start, self._end, code=True, first_line=first)
            return
        lines = (" ".join(line.split()) for line in text.strip().strip(";").split("\0"))
        yield Unit(self._marker + "\n".join(filter(None, lines)), self._start, self._end, joint=joint)
        self._marker = ""


def html_units(html: str, first: int) -> Iterator[Unit]:
    """The units of a chunk of HTML whose first line is `first`."""
    gathered, joint = _Gathering(), "\n\n"
    for piece in pieces_of(html):
        line = first + piece.line
        said = _said(piece) if piece.tag and not piece.closing else piece.text
        if piece.tag in _ROW_PARTS:
            gathered.add("; " if piece.closing else "", line)
        elif piece.tag in BLOCKS:
            yield from gathered.taken(joint)
            gathered.begin(piece)
            joint = "\n" if piece.tag in _CLOSE_TOGETHER else "\n\n"
        if said:
            gathered.add(said, line)
    yield from gathered.taken(joint)


def _said(piece: Piece) -> str:
    """What a tag itself says: a line break, what an image shows, what a video is called."""
    if piece.tag == "br":
        return "\0"
    said = piece.attributes.get({"img": "alt", "iframe": "title", "video": "title"}.get(piece.tag, ""), "")
    return f"{said} " if said.strip() else ""
