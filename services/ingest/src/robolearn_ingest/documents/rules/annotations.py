"""What authors write for their tools and readers never see: attribute lists, MyST targets, MDX comments."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from robolearn_ingest.documents.reports import report
from robolearn_ingest.documents.rules.admonitions import INTERRUPTS

_ATTRIBUTE = r"(?:[.#][\w:-]+|[A-Za-z][\w:-]*=(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|[^\s}\"']{1,300}))"
_LIST = re.compile(rf"\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,30}}[ \t]*\}}")
_COLON_LIST = re.compile(r"\{:[^}\n]{0,300}\}")
_TARGET = re.compile(r"\([\w:. -]{1,200}\)=[ \t]*\Z")
_AFTER = frozenset(")]`*_>$~")


def annotations(md: MarkdownIt) -> None:
    """Teach a parser to leave annotations out."""
    md.inline.ruler.before("escape", "attribute_list", _attribute_list)
    md.inline.ruler.before("escape", "comment", _comment)
    md.block.ruler.before("paragraph", "target", _target, INTERRUPTS)
    md.block.ruler.before("html_block", "open_comment", _open_comment, INTERRUPTS)
    md.block.ruler.before("fence", "comment", _comment_block, INTERRUPTS)


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
    if not state.src.startswith("{/*", state.pos) or not is_ahead(state, "*/}", state.pos):
        return False
    end = state.src.find("*/}", state.pos + 3, state.posMax)
    if end >= 0:
        state.pos = end + 3
    return end >= 0


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{/*", position) or state.is_code_block(start):
        return False
    if not is_ahead(state, "*/}", position):
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


def _open_comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """Without this, everything after a comment that is never closed would be lost."""
    position = state.bMarks[start] + state.tShift[start]
    if (
        not state.src.startswith("<!--", position)
        or state.is_code_block(start)
        or is_ahead(state, "-->", position)
    ):
        return False
    if not silent:
        report(
            state.env,
            start + 1,
            "the HTML comment is never closed, so it is read as text",
            "Close it with `-->`.",
        )
        lines = [start, start + 1]
        state.push("paragraph_open", "p", 1).map = lines
        token = state.push("inline", "", 0)
        token.content, token.map = state.src[position + 4 : state.eMarks[start]].strip(), lines
        token.children = []
        state.push("paragraph_close", "p", -1)
        state.line = start + 1
    return True


def is_ahead(state: StateBlock | StateInline, mark: str, position: int) -> bool:
    """Whether a mark occurs after a position; the text is searched once, however often this is asked."""
    last: dict[tuple[str, str], int] = state.env.setdefault("last", {})
    if (state.src, mark) not in last:
        last[state.src, mark] = state.src.rfind(mark)
    return last[state.src, mark] > position


def _target(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("(", position) or not _TARGET.match(
        state.src[position : state.eMarks[start]]
    ):
        return False
    if not silent:
        state.line = start + 1
    return True
