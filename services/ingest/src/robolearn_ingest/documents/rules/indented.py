"""MkDocs blocks whose content is indented: `!!! note "T"`, `??? note`, `=== "Tab"`."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from robolearn_ingest.documents.rules.admonitions import admonition_kind, close_box, default_title, open_box

_ADMONITION = re.compile(
    r"""(!!!|\?\?\?\+?)\s*([A-Za-z][\w-]*)(?:\s+(?!["'])[\w\s-]+?)?(?:\s+"(.*)")?\s*\Z"""
)
_TAB = re.compile(r"""===[!+]?\s+(["'])(.+)\1\s*\Z""")
_INDENT = 4


def indented_boxes(md: MarkdownIt) -> None:
    """Teach a parser MkDocs admonitions and tabs."""
    alt = {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}
    md.block.ruler.before("fence", "indented_box", _rule, alt)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("!!!", "???", "==="), position) or state.is_code_block(start):
        return False
    look = _look(state.src[position : state.eMarks[start]])
    if look and not silent:
        _push(state, look, start, _end(state, start, end))
    return bool(look)


def _look(line: str) -> tuple[str, str, str | None] | None:
    """The tag, class and title of the box that a line opens."""
    if tab := _TAB.match(line):
        return "section", "tab", tab[2]
    found = _ADMONITION.match(line)
    if not found:
        return None
    title = default_title(found[2]) if found[3] is None else found[3]
    css = f"admonition {admonition_kind(found[2])}"
    return (
        ("aside", css, title or None)
        if found[1] == "!!!"
        else ("details", css, title or default_title(found[2]))
    )


def _end(state: StateBlock, start: int, end: int) -> int:
    """The line after the last that is indented enough."""
    last = start
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.blkIndent + _INDENT:
            break
        last = line
    return last + 1


def _push(state: StateBlock, look: tuple[str, str, str | None], start: int, end: int) -> None:
    open_box(state, *look, [start, end])
    parent, line_max, indent = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "indented_box", end, indent + _INDENT
    state.md.block.tokenize(state, start + 1, end)
    state.parentType, state.lineMax, state.blkIndent = parent, line_max, indent
    close_box(state, look[0])
    state.line = end
