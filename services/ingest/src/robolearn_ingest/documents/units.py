"""A page as a flat run of headings and units of text: paragraphs, list items, table rows, blocks of code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from robolearn.domain.page import Heading
from robolearn_ingest.documents.headings import heading_at
from robolearn_ingest.documents.html_units import html_units
from robolearn_ingest.documents.jsx_text import expression_texts
from robolearn_ingest.documents.plain_text import flat, jsx_texts, jsx_title
from robolearn_ingest.documents.table_units import table_units
from robolearn_ingest.documents.unit import Unit

_OPENERS = {"blockquote_open", "box_open", "list_item_open", "dd_open", "footnote_open"}
_CLOSERS = {name.replace("_open", "_close") for name in _OPENERS}


@dataclass(frozen=True, slots=True)
class Section:
    """The headings that hold from here on, outermost first; a new one at each heading and after each box."""

    path: tuple[Heading, ...]
    is_heading: bool


def read_units(tokens: Sequence[Token]) -> Iterator[Section | Unit]:
    """The sections and units of a page in their order."""
    return _Reader(tokens).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._path: tuple[Heading, ...] = ()
        self._outer: list[tuple[Heading, ...]] = []
        self._lists: list[int | None] = []
        self._marker = ""
        self._in_note = False
        self._handlers: dict[str, Callable[[Token], Iterator[Section | Unit]]] = {
            "fence": self._code,
            "code_block": self._code,
            "math_block": self._math,
            "math_block_label": self._math,
            "amsmath": self._math,
            "html_block": self._html,
            "jsx": self._jsx,
            "expression": self._expression,
            "heading_open": self._heading,
        }

    def read(self) -> Iterator[Section | Unit]:
        in_table = False
        for index, token in enumerate(self._tokens):
            if token.type == "table_close":
                in_table = False
            elif not in_table:
                in_table = token.type == "table_open"
                yield from self._one(token, index)

    def _one(self, token: Token, index: int) -> Iterator[Section | Unit]:
        handler = self._handlers.get(token.type)
        if handler:
            yield from handler(token)
        elif token.type == "inline":
            yield from self._inline(token, self._tokens[index - 1].type if index else "")
        elif token.type == "table_open":
            yield from table_units(self._tokens, index)
        elif token.type in _OPENERS:
            self._open(token)
        elif token.type in _CLOSERS:
            yield from self._close(token)
        elif token.type.endswith("_list_open"):
            self._lists.append(int(token.attrs.get("start", 1)) if token.tag == "ol" else None)
        elif token.type.endswith("_list_close"):
            self._lists.pop()

    def _open(self, token: Token) -> None:
        self._outer.append(self._path)
        if token.type == "list_item_open":
            self._marker = self._item_marker(token)
        elif token.type == "footnote_open":
            self._marker, self._in_note = f"[{token.meta['id'] + 1}] ", True

    def _item_marker(self, token: Token) -> str:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        checked = token.meta.get("checked")
        indent = "  " * (len(self._lists) - 1)
        if checked is not None:
            return f"{indent}{'☑' if checked else '☐'} "
        return f"{indent}{'•' if number is None else f'{number}.'} "

    def _close(self, token: Token) -> Iterator[Section | Unit]:
        before, self._path = self._path, self._outer.pop()
        if token.type in ("list_item_close", "footnote_close"):
            self._marker = ""
        if before != self._path:
            yield Section(self._path, is_heading=False)

    def _heading(self, token: Token) -> Iterator[Section | Unit]:
        if not token.meta["text"]:
            return
        heading = heading_at(token)
        above = tuple(known for known in self._path if known.level < heading.level)
        self._path = (*above, heading)
        yield Section(self._path, is_heading=True)

    def _inline(self, token: Token, opening: str) -> Iterator[Section | Unit]:
        if opening == "heading_open":
            return
        text = flat(token.children or [])
        if not text.text.strip():
            return
        start, end = self._lines(token)
        yield self._placed(
            Unit(text.text, start, end, breaks=text.breaks), lead=opening in ("box_title_open", "dt_open")
        )

    def _placed(self, unit: Unit, *, lead: bool = False) -> Unit:
        """The unit with its list marker, on a line of its own within a list."""
        stripped = unit.text.strip()
        lost = len(unit.text) - len(unit.text.lstrip())
        if lead and stripped[-1] not in ".:!?…":
            stripped += ":"
        marker, self._marker = self._marker, ""
        breaks = tuple(offset - lost + len(marker) for offset in unit.breaks)
        joined = "\n" if marker or self._lists else "\n\n"
        return replace(
            unit, text=marker + stripped, breaks=breaks, joint=joined, leads=lead, note=self._in_note
        )

    def _code(self, token: Token) -> Iterator[Section | Unit]:
        text = token.content.rstrip()
        if not text.strip():
            return
        start, end = self._lines(token)
        title = code_title(token.info)
        if title:
            yield self._placed(Unit(title, start, start), lead=True)
        self._marker = ""
        blank = len(text) - len(text.lstrip("\n"))
        first = start + blank + (0 if token.type == "code_block" else 1)
        yield Unit(text[blank:], start, end, code=True, first_line=first)

    def _math(self, token: Token) -> Iterator[Section | Unit]:
        if token.content.strip():
            start, end = self._lines(token)
            yield self._placed(Unit(token.content, start, end))

    def _html(self, token: Token) -> Iterator[Section | Unit]:
        yield from html_units(token.content, self._lines(token)[0])

    def _jsx(self, token: Token) -> Iterator[Section | Unit]:
        start, end = self._lines(token)
        tag = token.meta["tag"]
        title = jsx_title(tag)
        if title:
            yield self._placed(Unit(title, start, start), lead=True)
        for text in jsx_texts(tag):
            if text != title:
                yield replace(self._placed(Unit(text, start, end)), joint="\n")

    def _expression(self, token: Token) -> Iterator[Section | Unit]:
        start, end = self._lines(token)
        texts = expression_texts(token.content)
        for text in [token.content] if texts is None else texts:
            yield self._placed(Unit(text, start, end))

    def _lines(self, token: Token) -> tuple[int, int]:
        start, end = token.map or [0, 1]
        return start + 1, max(end, start + 1)


def code_title(info: str) -> str:
    """The title that a fence gives its code, "" without one."""
    _, found, rest = info.partition("title=")
    quote = rest[:1]
    return rest[1:].partition(quote)[0] if found and quote in ("'", '"') else ""
