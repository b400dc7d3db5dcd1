r"""Math between `\( \)`, `\\( \\)`, `\[ \]` and `\\[ \\]`; dollars are a plug-in's work."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from robolearn_ingest.documents.rules.admonitions import INTERRUPTS

_OPENING = re.compile(r"(\\{1,2})([(\[])")
_CLOSING = {"(": ")", "[": "]"}
# With one backslash it may be an escaped bracket: only what reads like TeX is math.
_TEX = re.compile(r"[\\^_={}+<>|]|\A\s*\w\s*\Z")
_MAX_CHARACTERS = 5_000


def math(md: MarkdownIt) -> None:
    """Teach a parser every way of writing math."""
    md.use(
        dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True, allow_blank_lines=False
    )
    md.use(amsmath_plugin)
    md.inline.ruler.before("escape", "bracket_math", _inline)
    md.block.ruler.before("fence", "bracket_math", _block, INTERRUPTS)


def _inline(state: StateInline, silent: bool) -> bool:
    found = _OPENING.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "\\" else None
    if not found:
        return False
    closing = found[1] + _CLOSING[found[2]]
    end = state.src.find(closing, found.end(), min(state.posMax, found.end() + _MAX_CHARACTERS))
    if end < 0 or not _is_math(found[1], state.src[found.end() : end]):
        return False
    if not silent:
        token = state.push("math_inline" if found[2] == "(" else "math_inline_double", "math", 0)
        token.content = state.src[found.end() : end].strip()
    state.pos = end + len(closing)
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    found = _OPENING.match(state.src, position) if state.src.startswith("\\", position) else None
    if not found or found[2] != "[" or state.is_code_block(start):
        return False
    closing = found[1] + "]"
    close = state.src.find(closing, found.end(), min(state.eMarks[end - 1], found.end() + _MAX_CHARACTERS))
    content = state.src[found.end() : close]
    line = next((i for i in range(start, end) if state.eMarks[i] >= close), end)
    if (
        close < 0
        or state.src[close + len(closing) : state.eMarks[line]].strip()
        or not _is_math(found[1], content)
    ):
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.map, token.block = content, [start, line + 1], True
        state.line = line + 1
    return True


def _is_math(backslashes: str, content: str) -> bool:
    return bool(content.strip()) and (len(backslashes) == 2 or bool(_TEX.search(content)))  # noqa: PLR2004
