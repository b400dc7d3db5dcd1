"""Raw HTML and JSX for readers: tags that are text's, links that lead somewhere, pictures as their words."""

import posixpath
from dataclasses import dataclass
from html import escape

from robolearn_ingest.documents.jsx_scanning import Tag
from robolearn_ingest.documents.jsx_text import TITLES, Props, is_text_prop, props_of
from robolearn_ingest.documents.links import is_external, resolve
from robolearn_ingest.documents.plain_text import ADMONITIONS, jsx_all_texts, jsx_kind, jsx_title
from robolearn_ingest.documents.raw_html import VOID, Piece, pieces_of
from robolearn_ingest.documents.rules.admonitions import admonition_kind
from robolearn_ingest.documents.sanitising import ALLOWED

_KEPT_ATTRIBUTES = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start",),
    "details": ("open",),
}
_MEDIA = {"iframe", "video", "audio", "embed", "object", "source"}
MAX_DEPTH = 100


@dataclass(slots=True)
class Place:
    """Where in the page at `path` rendering has come to: how deep in raw tags, and whether in a link."""

    path: str
    depth: int = 0
    linked: bool = False

    def enter(self, closing: bool) -> bool:
        """Whether a tag is within the depth we follow; far deeper trees cost readers' browsers dearly."""
        before, self.depth = self.depth, max(0, self.depth + (-1 if closing else 1))
        return max(before, self.depth) <= MAX_DEPTH


def link_open(href: str, path: str) -> str:
    """The opening tag of a link in the page at `path`; without an address when it leads nowhere."""
    address = resolve(href, path)
    if address is None:
        return "<a>"
    rel = ' rel="noopener noreferrer"' if is_external(address) else ""
    return f'<a href="{escape(address)}"{rel}>'


def image(source: str, alt: str, *, linked: bool = False, block: bool = False) -> str:
    """What stands for a picture: its description, linked to it when it is on the web."""
    name = alt.strip() or posixpath.basename(source.partition("?")[0])[:100] or "image"
    text = escape(name)
    external = source.startswith(("http://", "https://")) and not linked
    inner = f"{link_open(source, '')}{text}</a>" if external else text
    css = "missing-image" if alt.strip() else "missing-image unnamed"
    if block:
        return f'<figure class="{css}"><figcaption>{inner}</figcaption></figure>'
    return f'<span class="{css}">{inner}</span>'


def raw_html(html: str, place: Place, *, block: bool = False) -> str:
    """A chunk of raw HTML, balanced or not, at a place of a page."""
    parts = list[str]()
    for piece in pieces_of(html):
        parts.append(_tag(piece, place, block) if piece.tag else escape(piece.text, quote=False))
    return "".join(parts)


def _tag(piece: Piece, place: Place, block: bool = False) -> str:
    tag, attributes = piece.tag, piece.attributes
    if tag == "img":
        source, alt = attributes.get("src", ""), attributes.get("alt", "")
        return image(source, alt, linked=place.linked, block=block and not place.linked)
    if tag in _MEDIA and not piece.closing:
        return _media(attributes, place.path)
    if tag in VOID & ALLOWED:
        return f"<{tag}>"
    if tag not in ALLOWED or not place.enter(piece.closing):
        return ""
    if tag == "a":
        place.linked = not piece.closing
    if piece.closing:
        return f"</{tag}>"
    return link_open(attributes.get("href", ""), place.path) if tag == "a" else f"<{tag}{_attributes(piece)}>"


def _attributes(piece: Piece) -> str:
    kept = (name for name in _KEPT_ATTRIBUTES.get(piece.tag, ()) if name in piece.attributes)
    return "".join(f' {name}="{escape(piece.attributes[name])}"' for name in kept)


def _media(attributes: dict[str, str], path: str) -> str:
    source = attributes.get("src") or attributes.get("data") or ""
    source = f"https:{source}" if source.startswith("//") else source
    if not source.startswith(("http://", "https://")):
        return ""
    return (
        f'<span class="media">{link_open(source, path)}{escape(attributes.get("title") or source)}</a></span>'
    )


def jsx_html(tag: Tag, place: Place, *, block: bool) -> str:
    """A component for readers: a box when it is a known one, its words when they are in its props."""
    lowered = tag.name.lower()
    if lowered in {
        "details",
        "summary",
        "div",
        "span",
        "p",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "br",
        "img",
        "ul",
        "ol",
        "li",
    }:
        return _lowercase(tag, place)
    if tag.name in ADMONITIONS:
        return _admonition(tag)
    if tag.closing or "=" not in tag.source:
        return ""
    return _words(tag) if block else "".join(f" <span>{escape(text)}</span> " for text in jsx_all_texts(tag))


def _lowercase(tag: Tag, place: Place) -> str:
    strings = props_of(tag.source).strings if "=" in tag.source else {}
    attributes = {name.lower(): value for name, value in strings.items()}
    opening = _tag(Piece(0, tag=tag.name.lower(), closing=tag.closing, attributes=attributes), place)
    return opening + (f"</{tag.name.lower()}>" if tag.self_closing and tag.name.lower() not in VOID else "")


def _admonition(tag: Tag) -> str:
    if tag.closing:
        return "</aside>"
    props = props_of(tag.source)
    title = jsx_title(tag) or ""
    said = (value for name, value in props.strings.items() if is_text_prop(name, value) and value != title)
    body = "".join(f"<p>{escape(text)}</p>" for text in said) + _list(props)
    opening = f'<aside class="admonition {admonition_kind(jsx_kind(tag))}">'
    return f'{opening}<p class="admonition-title">{escape(title)}</p>{body}' + "</aside>" * tag.self_closing


def _words(tag: Tag) -> str:
    props = props_of(tag.source)
    parts = []
    for name, value in props.strings.items():
        if is_text_prop(name, value):
            css = ' class="box-title"' if name in TITLES else ""
            parts.append(f"<p{css}>{escape(value)}</p>")
    return "".join(parts) + _list(props)


def _list(props: Props) -> str:
    items = "".join(f"<li>{_linked(item.text, item.address)}</li>" for item in props.items)
    return f"<ul>{items}</ul>" if items else ""


def _linked(text: str, address: str | None) -> str:
    return f"{link_open(address, '')}{escape(text)}</a>" if address else escape(text)
