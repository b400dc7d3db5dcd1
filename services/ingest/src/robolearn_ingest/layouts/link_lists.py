"""Lists of links in a Markdown file, under the headings they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from robolearn_ingest.documents import front_matter
from robolearn_ingest.documents.rules.marks import shown_title

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_BOLD_LEVEL = 7  # a paragraph in bold stands in for a heading, below the real ones
_FOLD_LEVEL = 8  # so does the summary of what is folded away
_HTML_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary[^<>]*>([^<]*(?:<(?!/?summary)[^<]*)*)</summary>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]+>")
_CHECKBOX = re.compile(r"\A\[[ xX]\]\s+")


class Link(NamedTuple):
    """A link as it is written."""

    label: str
    target: str


@dataclass(slots=True)
class Item:
    """An item of a list: its text, the links in it (not in its children), and the items below it."""

    label: str
    line: int
    links: list[Link] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A section of the file: items and sections in their order. The whole file is a Part of level 0."""

    title: str
    level: int
    line: int
    children: list[Item | Part] = field(default_factory=list)


def read_lists(text: str, *, paragraphs: bool = False, tables: bool = False) -> Part:
    """The lists of a Markdown text in their sections.

    With `paragraphs`, a link that is a paragraph of its own is an item too; with `tables`, each table row.
    """
    reader = _Reader(paragraphs=paragraphs, tables=tables)
    for node in SyntaxTreeNode(_MARKDOWN.parse(without_front_matter(text))).children:
        reader.read(node)
    return reader.root


def without_front_matter(text: str) -> str:
    """The text with its front matter blanked, so that lines keep their numbers."""
    _, body, _ = front_matter(text)
    return "\n" * (body - 1) + text.split("\n", body - 1)[-1] if body > 1 else text


class _Reader:
    def __init__(self, *, paragraphs: bool, tables: bool) -> None:
        self.root = Part("", 0, 1)
        self._open = [self.root]
        self._paragraphs = paragraphs
        self._tables = tables

    def read(self, node: SyntaxTreeNode) -> None:
        """Take in one block of the top level, or of a quotation."""
        if node.type == "heading":
            self._heading(node)
        elif node.type in {"bullet_list", "ordered_list"}:
            self._open[-1].children += _items(node)
        elif node.type == "paragraph":
            self._paragraph(node)
        elif node.type == "html_block":
            self._html(node)
        elif node.type == "blockquote":
            for child in node.children:
                self.read(child)
        elif node.type == "table" and self._tables:
            self._open[-1].children += _rows(node)

    def _heading(self, node: SyntaxTreeNode) -> None:
        """A section; a link in its heading is the section's first page."""
        self._begin(_label(node), int(node.tag[1:]), _line(node))
        if links := _links(node):
            self._open[-1].children.append(Item(_label(node), _line(node), links))

    def _begin(self, title: str, level: int, line: int) -> None:
        self._close(level)
        part = Part(title, level, line)
        self._open[-1].children.append(part)
        self._open.append(part)

    def _close(self, level: int) -> None:
        while self._open[-1].level >= level:
            self._open.pop()

    def _paragraph(self, node: SyntaxTreeNode) -> None:
        shown = [child for child in node.children[0].children if child.content.strip() or child.children]
        if [child.type for child in shown] == ["strong"] and not _links(node):
            self._begin(_label(node).rstrip(":"), _BOLD_LEVEL, _line(node))
        elif self._paragraphs and shown and shown[0].type == "link":
            self._open[-1].children.append(Item(_label(node), _line(node), _links(node)))

    def _html(self, node: SyntaxTreeNode) -> None:
        for summary in _SUMMARY.finditer(node.content):
            title = " ".join(_TAG.sub("", summary[1]).split())
            self._begin(title, _FOLD_LEVEL, _line(node))
        if "</details" in node.content.lower() and not _SUMMARY.search(node.content):
            self._close(_FOLD_LEVEL)


def _items(node: SyntaxTreeNode) -> list[Item]:
    return [_item(child) for child in node.children if child.type == "list_item"]


def _item(node: SyntaxTreeNode) -> Item:
    own = [child for child in node.children if child.type in {"paragraph", "heading"}]
    label = _CHECKBOX.sub("", _label(own[0])) if own else ""
    item = Item(label, _line(node), [link for child in own for link in _links(child)])
    for child in node.children:
        if child.type in {"bullet_list", "ordered_list"}:
            item.children += _items(child)
    return item


def _rows(node: SyntaxTreeNode) -> list[Item]:
    rows = (row for part in node.children if part.type == "tbody" for row in part.children)
    return [Item("", _line(row), [link for cell in row.children for link in _links(cell)]) for row in rows]


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 1


def _label(node: SyntaxTreeNode) -> str:
    return shown_title(" ".join("".join(_words(node)).split()))


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in {"text", "code_inline"}:
        yield node.content
    elif node.type in {"softbreak", "hardbreak"}:
        yield " "
    elif node.type != "image":
        for child in node.children:
            yield from _words(child)


def _links(node: SyntaxTreeNode) -> list[Link]:
    return list(_found_links(node))


def _found_links(node: SyntaxTreeNode) -> Iterator[Link]:
    if node.type == "link":
        yield Link(_label(node), str(node.attrs.get("href", "")))
    elif node.type == "html_inline":
        yield from (Link("", target) for target in _HTML_LINK.findall(node.content))
    else:
        for child in node.children:
            yield from _found_links(child)
