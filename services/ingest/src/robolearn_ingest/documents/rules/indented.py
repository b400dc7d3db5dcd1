"""MkDocs blocks whose content is indented: `!!! note "T"`, `??? note`, `=== "Tab"`."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from robolearn_ingest.documents.rules.admonitions import (
    INTERRUPTS,
    Look,
    admonition_kind,
    default_title,
    push_box,
)

_ADMONITION = re.compile(
    r"""(!!!|\?\?\?\+?)\s*([A-Za-z][\w-]*)(?:\s+(?!["'])[\w\s-]+?)?(?:\s+"(.*)")?\s*\Z"""
)
_TAB = re.compile(r"""===[!+]?\s+(["'])(.+)\1\s*\Z""")
_INDENT = 4


def indented_boxes(md: MarkdownIt) -> None:
    """Teach a parser MkDocs admonitions and tabs."""
    md.block.ruler.before("fence", "indented_box", _rule, INTERRUPTS)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("!!!", "???", "==="), position) or state.is_code_block(start):
        return False
    look = _look(state.src[position : state.eMarks[start]])
    if look and not silent:
        stop = _end(state, start, end)
        push_box(state, look, (start, stop), start + 1, indent=_INDENT)
        state.line = stop
    return bool(look)


def _look(line: str) -> Look | None:
    """The tag, class and title of the box that a line opens."""
    if tab := _TAB.match(line):
        return Look("section", "tab", tab[2])
    found = _ADMONITION.match(line)
    if not found:
        return None
    title = default_title(found[2]) if found[3] is None else found[3]
    css = f"admonition {admonition_kind(found[2])}"
    if found[1] == "!!!":
        return Look("aside", css, title or None)
    return Look("details", css, title or default_title(found[2]))


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
