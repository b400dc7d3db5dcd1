"""The words inside JSX: props such as `title="..."` or `choices={[{text: "..."}]}`, never code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tree_sitter import Language, Node, Parser

TITLES = ("title", "label", "header", "heading", "summary")
_TEXTS = frozenset({
    "alt", "answer", "body", "caption", "children", "choices", "content", "description", "explain",
    "explanation", "header", "heading", "help", "hint", "items", "label", "legend", "message", "note",
    "options", "placeholder", "question", "subtitle", "summary", "tagline", "text", "title", "tooltip",
})  # fmt: skip
_ADDRESSES = ("href", "url", "link", "to", "src", "value")
_NEVER = frozenset({
    "class", "classname", "classnames", "style", "id", "key", "ref", "type", "kind", "variant", "color",
    "icon", "width", "height", "size", "align", "language", "lang", "metastring", "default",
    "defaultvalue", "value", "values", "groupid", "href", "url", "link", "to", "src", "path", "import",
    "from", "target", "rel", "img", "image", "name", "slug", "layout", "position",
})  # fmt: skip
_PROSE = re.compile(r"\w\S*\s+\S*\w")


@dataclass(frozen=True, slots=True)
class Item:
    """Words of one prop or of one object in it, and the http(s) address beside them, if any."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Props:
    """What a tag says: its plain string props by name, and the other words in their order."""

    strings: dict[str, str]
    items: tuple[Item, ...]


@cache
def _parser() -> Parser:
    import tree_sitter_typescript  # costs 20 ms, and few pages hold JSX

    return Parser(Language(tree_sitter_typescript.language_tsx()))


def props_of(source: str) -> Props:
    """The props of an opening or self-closing tag given as written."""
    data = source.encode()
    closed = data if data.endswith(b"/>") else data[:-1] + b"/>"
    root = _parser().parse(b"(" + closed + b")").root_node
    strings, items = dict[str, str](), list[Item]()
    for attribute in _descendants(root, "jsx_attribute"):
        name = _source(attribute.named_children[0])
        value = attribute.named_children[1] if len(attribute.named_children) > 1 else None
        if value is None:
            strings[name] = ""
        elif value.type == "string":
            strings[name] = _string(value)
        else:
            text = _only_string(value)
            if text is not None:
                strings[name] = text
            else:
                items += _items(value, name)
    return Props(strings, tuple(items))


def expression_texts(source: str) -> list[str] | None:
    """The words of a `{...}` expression; None when it holds neither strings nor code, so is text itself."""
    root = _parser().parse(b"(" + source[1:-1].encode() + b")").root_node
    texts = [text for node in _leaves(root) if (text := _leaf_text(node).strip())]
    is_code = any(_descendants(root, "arrow_function", "call_expression", "jsx_element", "member_expression"))
    return texts if texts or is_code else None


def is_text_prop(name: str, value: str) -> bool:
    """Whether readers would miss a string prop."""
    key = name.lower()
    return bool(value.strip()) and (key in _TEXTS or (key not in _NEVER and _is_prose(value)))


def _items(node: Node, name: str) -> Iterator[Item]:
    """One item for each object, string or JSX text below an expression, in order."""
    if node.type == "object":
        yield from _object_items(node)
    elif node.type in ("string", "template_string", "jsx_text"):
        text = _leaf_text(node)
        if is_text_prop(name, text):
            yield Item(" ".join(text.split()))
    else:
        for child in node.named_children:
            yield from _items(child, name)


def _object_items(node: Node) -> Iterator[Item]:
    texts, address, below = list[str](), None, list[Item]()
    for pair in node.named_children:
        if pair.type != "pair" or len(pair.named_children) != 2:  # noqa: PLR2004
            continue
        key, value = _source(pair.named_children[0]).strip("\"'"), pair.named_children[1]
        text = _only_string(value)
        if text is None:
            below += _items(value, key)
        elif key in _ADDRESSES and text.startswith(("http://", "https://")):
            address = address or text
        elif is_text_prop(key, text) or (key == "name" and text.strip()):
            texts.append(" ".join(text.split()))
    if texts:
        yield Item(" — ".join(texts), address)
    yield from below


def _only_string(node: Node) -> str | None:
    """The text of a string, also in braces; None when the node is anything else."""
    while node.type in ("jsx_expression", "parenthesized_expression") and len(node.named_children) == 1:
        node = node.named_children[0]
    if node.type == "binary_expression" and node.named_child_count == 2:  # noqa: PLR2004
        left, right = (_only_string(child) for child in node.named_children)
        return left + right if left is not None and right is not None else None
    return _leaf_text(node) if node.type in ("string", "template_string") else None


def _leaf_text(node: Node) -> str:
    return _string(node) if node.type in ("string", "template_string") else _source(node)


_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_PLAIN_ESCAPES = {"n": "\n", "t": " ", "r": "", "\n": "", "b": "", "f": "", "v": "", "0": ""}


def _string(node: Node) -> str:
    """The text of a string or template, what is computed in it left out."""
    data = node.text or b""
    for part in reversed(node.named_children):
        if part.type == "template_substitution":
            data = data[: part.start_byte - node.start_byte] + data[part.end_byte - node.start_byte :]
    return _ESCAPE.sub(_unescape, data.decode("utf-8", "replace")[1:-1])


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else ""  # noqa: PLR2004  # the last code point
    return _PLAIN_ESCAPES.get(found[4], found[4])


def _leaves(node: Node) -> Iterator[Node]:
    if node.type in ("string", "template_string"):
        if node.parent is None or node.parent.type not in (
            "jsx_attribute",
            "arguments",
            "subscript_expression",
        ):
            yield node
    elif node.type == "jsx_text":
        yield node
    elif node.type != "comment":
        for child in node.named_children:
            yield from _leaves(child)


def _descendants(node: Node, *types: str) -> Iterator[Node]:
    if node.type in types:
        yield node
    else:
        for child in node.named_children:
            yield from _descendants(child, *types)


def _is_prose(value: str) -> bool:
    return bool(_PROSE.search(value)) and "://" not in value


def _source(node: Any) -> str:
    return str((node.text or b"").decode("utf-8", "replace"))
