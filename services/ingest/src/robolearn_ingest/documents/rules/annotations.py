"""What authors write for their tools and readers never see: attribute lists, MyST targets, MDX comments."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_ATTRIBUTE = r"(?:[.#][\w:-]+|[A-Za-z][\w:-]*=(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|[^\s}\"']{1,300}))"
_LIST = re.compile(rf"\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,30}}[ \t]*\}}")
_COLON_LIST = re.compile(r"\{:[^}\n]{0,300}\}")
_TARGET = re.compile(r"\([\w:. -]{1,200}\)=[ \t]*\Z")
_AFTER = frozenset(")]`*_>$~")


def annotations(md: MarkdownIt) -> None:
    """Teach a parser to leave annotations out."""
    md.inline.ruler.before("escape", "attribute_list", _attribute_list)
    md.inline.ruler.before("escape", "comment", _comment)
    alt = {"alt": ["paragraph", "reference", "blockquote"]}
    md.block.ruler.before("paragraph", "target", _target, alt)
    md.block.ruler.before(
        "fence", "comment", _comment_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _attribute_list(state: StateInline, silent: bool) -> bool:  # noqa: ARG001  # the signature is markdown-it's
    position = state.pos
    if state.src[position] != "{":
        return False
    follows = position > 0 and state.src[position - 1] in _AFTER
    starts_line = position == 0 or state.src[position - 1] == "\n"
    found = _LIST.match(state.src, position, state.posMax) if follows or starts_line else None
    found = found or _COLON_LIST.match(state.src, position, state.posMax)
    if found:
        state.pos = found.end()
    return found is not None


def _comment(state: StateInline, silent: bool) -> bool:  # noqa: ARG001
    if not state.src.startswith("{/*", state.pos):
        return False
    end = state.src.find("*/}", state.pos + 3, state.posMax)
    if end >= 0:
        state.pos = end + 3
    return end >= 0


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{/*", position) or state.is_code_block(start):
        return False
    close = state.src.find("*/}", position + 3, state.eMarks[end - 1])
    if close < 0:
        return False
    line = next(i for i in range(start, end) if state.eMarks[i] >= close)
    if state.src[close + 3 : state.eMarks[line]].strip():
        return False
    if not silent:
        state.line = line + 1
    return True


def _target(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("(", position) or not _TARGET.match(
        state.src[position : state.eMarks[start]]
    ):
        return False
    if not silent:
        state.line = start + 1
    return True
