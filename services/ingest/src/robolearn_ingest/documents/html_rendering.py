"""Raw HTML and JSX for readers: tags that are text's, links that lead somewhere, pictures as their words."""

import posixpath
from html import escape

from robolearn_ingest.documents.jsx_scanning import Tag
from robolearn_ingest.documents.jsx_text import TITLES, is_text_prop, props_of
from robolearn_ingest.documents.links import is_external, resolve
from robolearn_ingest.documents.raw_html import VOID, pieces_of
from robolearn_ingest.documents.rules.admonitions import admonition_kind, default_title, is_admonition

_KEPT_ATTRIBUTES = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start",),
    "details": ("open",),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_MEDIA = {"iframe", "video", "audio", "embed", "object", "source"}
MAX_DEPTH = 100


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


def raw_html(html: str, env: dict[str, int | str], *, block: bool = False) -> str:
    """A chunk of raw HTML, which need not be balanced. `env` knows the page's `path` and how deep tags nest."""
    parts = list[str]()
    for piece in pieces_of(html):
        if piece.tag:
            parts.append(_tag(piece.tag, piece.closing, piece.attributes, env, block))
        else:
            parts.append(escape(piece.text, quote=False))
    return "".join(parts)


def _tag(tag: str, closing: bool, attributes: dict[str, str], env: dict[str, int | str], block: bool) -> str:
    path = str(env["path"])
    if tag == "img":
        return image(attributes.get("src", ""), attributes.get("alt", ""), linked=bool(env.get("linked")))
    if tag in _MEDIA:
        return "" if closing else _media(attributes, path)
    if tag in VOID:
        return f"<{tag}>"
    if not _follow_depth(closing, env):
        return ""
    if tag == "a":
        env["linked"] = 0 if closing else 1
        return "</a>" if closing else link_open(attributes.get("href", ""), path)
    if tag in _HEADINGS:
        return f"</{tag}>" if closing else f"<{tag}>"
    return f"</{tag}>" if closing else f"<{tag}{_attributes(tag, attributes)}>"


def _follow_depth(closing: bool, env: dict[str, int | str]) -> bool:
    """Whether a tag is within the depth that we follow; far deeper trees cost readers' browsers dearly."""
    depth = int(env.get("depth", 0)) + (-1 if closing else 1)
    env["depth"] = max(0, depth)
    return depth < MAX_DEPTH


def _attributes(tag: str, attributes: dict[str, str]) -> str:
    kept = (name for name in _KEPT_ATTRIBUTES.get(tag, ()) if name in attributes)
    return "".join(f' {name}="{escape(attributes[name])}"' for name in kept)


def _media(attributes: dict[str, str], path: str) -> str:
    source = attributes.get("src") or attributes.get("data") or ""
    source = f"https:{source}" if source.startswith("//") else source
    if not source.startswith(("http://", "https://")):
        return ""
    return (
        f'<span class="media">{link_open(source, path)}{escape(attributes.get("title") or source)}</a></span>'
    )


def jsx_html(tag: Tag, env: dict[str, int | str]) -> str:
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
        return _lowercase(tag, env)
    if is_admonition(tag.name) or tag.name == "Admonition":
        return _admonition(tag)
    if tag.closing or "=" not in tag.source:
        return ""
    return _words(tag)


def _lowercase(tag: Tag, env: dict[str, int | str]) -> str:
    if tag.closing:
        return raw_html(f"</{tag.name}>", env)
    strings = props_of(tag.source).strings if "=" in tag.source else {}
    return _tag(tag.name.lower(), False, {name.lower(): value for name, value in strings.items()}, env, False)


def _admonition(tag: Tag) -> str:
    if tag.closing:
        return "</aside>"
    strings = props_of(tag.source).strings if "=" in tag.source else {}
    name = strings.get("type", "note") if tag.name == "Admonition" else tag.name
    name = "warning" if "warning" in strings or "warning={true}" in tag.source else name
    said = [value for key, value in strings.items() if key not in TITLES and is_text_prop(key, value)]
    title = f'<p class="admonition-title">{escape(strings.get("title") or default_title(name))}</p>'
    body = title + "".join(f"<p>{escape(text)}</p>" for text in said)
    return f'<aside class="admonition {admonition_kind(name)}">{body}' + (
        "</aside>" if tag.self_closing else ""
    )


def _words(tag: Tag) -> str:
    props = props_of(tag.source)
    parts = []
    for name, value in props.strings.items():
        if is_text_prop(name, value):
            css = ' class="box-title"' if name in TITLES else ""
            parts.append(f"<p{css}>{escape(value)}</p>")
    items = [f"<li>{_linked(item.text, item.address)}</li>" for item in props.items]
    return "".join(parts) + (f"<ul>{''.join(items)}</ul>" if items else "")


def _linked(text: str, address: str | None) -> str:
    return f"{link_open(address, '')}{escape(text)}</a>" if address else escape(text)
