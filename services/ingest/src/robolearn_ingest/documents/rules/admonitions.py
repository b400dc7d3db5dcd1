"""Tokens that every dialect of admonition, tab and titled box becomes."""

from typing import NamedTuple

from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

# What a block of ours may interrupt without an empty line before it.
INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}


class Look(NamedTuple):
    """How a box is shown: its HTML tag and class, and its title, which is Markdown."""

    tag: str
    css: str
    title: str | None


_KINDS = {
    "abstract": "note", "attention": "warning", "bug": "danger", "caution": "caution", "check": "tip",
    "danger": "danger", "error": "danger", "example": "example", "failure": "danger", "faq": "question",
    "hint": "tip", "important": "important", "info": "info", "note": "note", "question": "question",
    "quote": "quote", "seealso": "info", "secondary": "note", "success": "tip", "summary": "note",
    "tip": "tip", "tldr": "note", "todo": "note", "warning": "warning",
}  # fmt: skip


def is_admonition(name: str) -> bool:
    """Whether any dialect calls an admonition this."""
    return name.lower() in _KINDS


def admonition_kind(name: str) -> str:
    """The kind that is shown, of a name in any dialect; unknown names are notes."""
    return _KINDS.get(name.lower(), "note")


def default_title(name: str) -> str:
    """What an admonition without a title is called."""
    return {"seealso": "See also", "faq": "FAQ", "tldr": "TL;DR"}.get(name.lower(), name.capitalize())


def push_box(state: StateBlock, look: Look, lines: tuple[int, int], body: int, indent: int = 0) -> None:
    """Push a box over the `lines` of the file (end excluded) whose content begins on line `body`."""
    token = state.push("box_open", look.tag, 1)
    token.attrs = {"class": look.css} if look.css else {}
    token.block, token.map = True, list(lines)
    if look.title:
        _push_title(state, look, lines)
    parent, line_max, outer = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "box", lines[1], outer + indent
    state.md.block.tokenize(state, body, lines[1])
    state.parentType, state.lineMax, state.blkIndent = parent, line_max, outer
    state.push("box_close", look.tag, -1).block = True


def title_tokens(tag: str, title: str, line: int) -> list[Token]:
    """The tokens of a box's title on a line counted from 0, its Markdown not yet parsed."""
    lines = [line, line + 1]
    css: dict[str, str | int | float] = {"class": "admonition-title"}
    return [
        Token("box_title_open", tag, 1, attrs=css, block=True, map=lines),
        Token("inline", "", 0, content=title, children=[], map=lines, block=True),
        Token("box_title_close", tag, -1, block=True),
    ]


def _push_title(state: StateBlock, look: Look, lines: tuple[int, int]) -> None:
    for made in title_tokens("summary" if look.tag == "details" else "p", look.title or "", lines[0]):
        made.level = state.level
        state.tokens.append(made)
