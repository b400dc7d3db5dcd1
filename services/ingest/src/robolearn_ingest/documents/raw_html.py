"""Raw HTML in Markdown as a flat list of pieces: tags that mean something, and text with its lines."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it.token import Token

# Elements of HTML and the outer shells of SVG and MathML; any other name in angle brackets is text.
KNOWN = frozenset({
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base",
    "basefont", "bdi", "bdo", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption",
    "center", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn",
    "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font",
    "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li",
    "link", "main", "map", "mark", "marquee", "math", "menu", "meta", "meter", "nav", "nobr",
    "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "picture",
    "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "search", "section", "select",
    "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table",
    "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt",
    "u", "ul", "var", "video", "wbr",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "iframe", "legend", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title",
    "tr", "ul", "video",
})  # fmt: skip
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_WITHOUT_CONTENT = frozenset(["script", "style", "template", "head"])
_DECLARATIONS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"))
_MARKED = re.compile(r"<!\[(?!CDATA\[)")
_HEADING = re.compile(r"<h([1-6])(\s[^>]{0,1000})?>(.{0,2000}?)</h\1\s*>", re.I | re.S)
_ANCHOR = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag (`tag` set; `closing` tells which) or text; `line` counts from 0 within the chunk."""

    line: int
    text: str = ""
    tag: str = ""
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _WITHOUT_CONTENT:
            self._hidden += 1
        elif not self._hidden:
            self._open(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _WITHOUT_CONTENT and not self._hidden:
            self._open(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITHOUT_CONTENT:
            self._hidden = max(0, self._hidden - 1)
        elif not self._hidden and tag not in VOID:
            text = "" if tag in KNOWN else f"</{tag}>"
            self._add(Piece(self._line, text) if text else Piece(self._line, tag=tag, closing=True))

    def handle_data(self, data: str) -> None:
        if data and not self._hidden:
            self._add(Piece(self._line, data))

    def unknown_decl(self, data: str) -> None:
        self._add(Piece(self._line, data.removeprefix("CDATA[")))

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in KNOWN:
            self._add(Piece(self._line, tag=tag, attributes=attributes))
        else:
            self._add(Piece(self._line, self.get_starttag_text() or ""))

    def _add(self, piece: Piece) -> None:
        self.found.append(piece)

    @property
    def _line(self) -> int:
        return self.getpos()[0] - 1


def pieces_of(html: str) -> list[Piece]:
    """The pieces of a chunk of HTML, balanced or not; comments, scripts and styles are left out."""
    if html.startswith("</") and html.count("<") == 1 and html[2:-1].isalpha():
        tag = html[2:-1].lower()  # the most common chunk by far: one closing tag
        return [] if tag in _WITHOUT_CONTENT or tag in VOID else [_closing(tag, html)]
    parser = _Pieces()
    parser.feed(_with_plain_ends(html) if "<!" in html or "<?" in html else html)
    parser.close()
    return parser.found


def _with_plain_ends(html: str) -> str:
    """The chunk without declarations that never end: `HTMLParser` would look for the end from each one."""
    for opening, end in _DECLARATIONS:
        last = html.rfind(end)
        ended = last + len(end) if last >= 0 else 0
        shown = "" if opening == "<!--" else f"&lt;{opening[1:]}"
        html = html[:ended] + html[ended:].replace(opening, shown)
    return _MARKED.sub("&lt;![", html)


def _closing(tag: str, html: str) -> Piece:
    return Piece(0, tag=tag, closing=True) if tag in KNOWN else Piece(0, html)


def with_html_headings(tokens: list[Token]) -> list[Token]:
    """The tokens with `<h1>...</h1>` in blocks of HTML turned into headings like any other."""
    result: list[Token] = []
    for token in tokens:
        if token.type == "html_block" and "<h" in token.content.lower():
            result += _divided(token)
        else:
            result.append(token)
    return result


def _divided(token: Token) -> list[Token]:
    parts: list[Token] = []
    position, first = 0, (token.map or [0, 0])[0]
    if token.content.lower().startswith(("<pre", "<!--", "<script", "<style", "<textarea")):
        return [token]
    for found in _HEADING.finditer(token.content):
        if not "".join(piece.text for piece in pieces_of(found[3])).strip():
            continue
        parts += _rest(token, position, found.start())
        start = first + token.content.count("\n", 0, found.start())
        parts += _heading(found, [start, start + found[0].count("\n") + 1])
        position = found.end()
    return parts + _rest(token, position, len(token.content))


def _heading(found: re.Match[str], lines: list[int]) -> list[Token]:
    tag = f"h{found[1]}"
    anchor = _ANCHOR.search(found[2] or "")
    pieces = pieces_of(found[3])
    children = [Token("html_inline", "", 0, content=found[3])]
    meta = {"anchor": anchor[1]} if anchor else {}
    text = "".join(piece.text for piece in pieces)
    return [
        Token("heading_open", tag, 1, map=lines, block=True, meta=meta),
        Token("inline", "", 0, map=lines, content=text, children=children, block=True),
        Token("heading_close", tag, -1, block=True),
    ]


def _rest(token: Token, start: int, end: int) -> list[Token]:
    content = token.content[start:end]
    if not content.strip():
        return []
    line = (token.map or [0, 0])[0] + token.content.count("\n", 0, start)
    return [
        Token("html_block", "", 0, map=[line, line + content.count("\n") + 1], content=content, block=True)
    ]
