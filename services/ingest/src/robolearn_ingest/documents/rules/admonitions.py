"""Tokens that every dialect of admonition, tab and titled box becomes."""

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

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


def open_box(state: StateBlock, tag: str, css: str, title: str | None, lines: list[int]) -> None:
    """Push the opening of a box; its title, if any, is Markdown."""
    token = state.push("box_open", tag, 1)
    token.attrs = {"class": css} if css else {}
    token.block, token.map = True, lines
    if title:
        _push_title(state, "summary" if tag == "details" else "p", title, lines)


def close_box(state: StateBlock, tag: str) -> None:
    """Push the closing of a box."""
    state.push("box_close", tag, -1).block = True


def title_tokens(tag: str, title: str, lines: list[int]) -> list[Token]:
    """The tokens of a box's title, its content not yet parsed."""
    line = [lines[0], lines[0] + 1]
    css: dict[str, str | int | float] = {"class": "admonition-title"}
    return [
        Token("box_title_open", tag, 1, attrs=css, block=True, map=line),
        Token("inline", "", 0, content=title, children=[], map=line, block=True),
        Token("box_title_close", tag, -1, block=True),
    ]


def _push_title(state: StateBlock, tag: str, title: str, lines: list[int]) -> None:
    for made in title_tokens(tag, title, lines):
        made.level = state.level
        state.tokens.append(made)
