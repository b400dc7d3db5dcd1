"""The plain text of inline Markdown: what a reader would read aloud, without markup."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from robolearn_ingest.documents.jsx_scanning import Tag
from robolearn_ingest.documents.jsx_text import TITLES, expression_texts, is_text_prop, props_of
from robolearn_ingest.documents.raw_html import BLOCKS, pieces_of
from robolearn_ingest.documents.rules.admonitions import default_title

_VERBATIM = {"text", "code_inline", "text_special", "emoji"}
ADMONITIONS = {"Admonition", "Callout", "Caution", "Danger", "Important", "Info", "Note", "Tip", "Warning"}
_SPACES = re.compile(" {2,}")
_BREAKS = {"softbreak", "hardbreak"}
_MATH = {"math_inline", "math_inline_double"}


@dataclass(frozen=True, slots=True)
class Flat:
    """Plain text, and the offsets in it at which a new source line begins."""

    text: str
    breaks: tuple[int, ...] = ()


def flat(children: Sequence[Token]) -> Flat:
    """The text of inline tokens; lines that the author only wrapped are joined by spaces."""
    if len(children) == 1 and children[0].type == "text" and "  " not in children[0].content:
        return Flat(children[0].content)
    parts, breaks, length = list[str](), list[int](), 0
    for token in children:
        text = _text(token)
        if "  " in text:
            text = _SPACES.sub(" ", text)
        if parts and parts[-1][-1:].isspace() and token.type not in _BREAKS:
            text = text.lstrip(" ")
        if not text:
            continue
        parts.append(text)
        length += len(text)
        if token.type in _BREAKS:
            breaks.append(length)
    return Flat("".join(parts), tuple(breaks))


def plain(children: Sequence[Token]) -> str:
    """The text of inline tokens on one line."""
    return " ".join(flat(children).text.split())


def _text(token: Token) -> str:
    kind = token.type
    if kind in _VERBATIM:
        return token.content
    if kind == "softbreak":
        return " "
    if kind == "hardbreak":
        return "\n"
    if kind in _MATH:
        return token.content.strip()
    return _other_text(token)


def _other_text(token: Token) -> str:
    if token.type == "image":
        return plain(token.children or [])
    if token.type == "html_inline":
        return html_text(token.content)
    if token.type == "jsx":
        return "".join(f" {text} " for text in jsx_all_texts(token.meta["tag"]))
    if token.type == "expression":
        texts = expression_texts(token.content)
        return token.content if texts is None else " ".join(texts)
    if token.type == "footnote_ref":
        return f" [{token.meta['id'] + 1}]"
    return role_text(token) if token.type == "myst_role" else ""


def html_text(html: str) -> str:
    """The text of a chunk of inline HTML."""
    return "".join(_piece_text(piece.tag, piece.text, piece.attributes) for piece in pieces_of(html))


def _piece_text(tag: str, text: str, attributes: dict[str, str]) -> str:
    if tag == "br":
        return "\n"
    if tag == "img":
        return attributes.get("alt", "")
    if tag in BLOCKS:
        return " "
    return text


def role_text(token: Token) -> str:
    """The text of a MyST role such as {ref}`words <target>`."""
    before, bracket, _ = token.content.partition(" <")
    return before if bracket and token.content.endswith(">") else token.content


def jsx_kind(tag: Tag) -> str:
    """What kind of admonition a component is, in its author's word."""
    strings = props_of(tag.source).strings if "=" in tag.source else {}
    if "warning" in strings or "warning={true}" in tag.source:
        return "warning"
    return strings.get("type") or ("note" if tag.name in ("Admonition", "Callout") else tag.name)


def jsx_title(tag: Tag) -> str | None:
    """The title that a component gives its content; None without one. Admonitions always have one."""
    if tag.closing:
        return None
    given = props_of(tag.source).strings if "=" in tag.source else {}
    if tag.name in ADMONITIONS:
        return given.get("title") or default_title(jsx_kind(tag))
    return None if tag.self_closing else next((given[name] for name in TITLES if given.get(name)), None)


def jsx_all_texts(tag: Tag) -> list[str]:
    """The title that a component is shown with, then the other words that its props say."""
    title = jsx_title(tag)
    said = jsx_texts(tag)
    return [title, *(text for text in said if text != title)] if title else list(said)


def jsx_texts(tag: Tag) -> Iterable[str]:
    """The words that a component's props say."""
    if tag.closing or "=" not in tag.source:
        return []
    props = props_of(tag.source)
    said = [" ".join(value.split()) for name, value in props.strings.items() if is_text_prop(name, value)]
    return said + [item.text for item in props.items]
