"""JSX in Markdown: component tags, braced expressions, and the import and export lines of MDX."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from robolearn_ingest.documents.jsx_scanning import Scanner, Tag
from robolearn_ingest.documents.rules.admonitions import INTERRUPTS

_MODULE = re.compile(
    r"import\s+(?:[\w${*][^\n]*?\sfrom\s|[\w$]+\s*,\s*\{|\{|[\"'][^\"'\n]+[\"'])"
    r"|export\s+(?:default\b|const\s|let\s|var\s|function\b|async\s|class\s|\{|\*)"
)
_COMPONENT = re.compile(r"</?(?:[A-Z][\w.]*[a-z][\w.]*|[A-Za-z]\w*\.[\w.]+|[A-Z])?(?=[\s/>])")
_CONTAINER = re.compile(r"</?(?:article|aside|center|details|div|main|nav|section|span)(?=[\s/>])")


def jsx(md: MarkdownIt) -> None:
    """Teach a parser MDX; indented text is then not code, as in MDX itself."""
    md.disable("code")
    md.block.ruler.before("table", "esm", _esm, INTERRUPTS)
    md.block.ruler.before("fence", "jsx", _block, INTERRUPTS)
    md.block.ruler.before("paragraph", "expression", _expression_block)
    md.inline.ruler.before("html_inline", "jsx", _inline)
    md.inline.ruler.before("escape", "expression", _expression)


def _scanner(state: StateBlock | StateInline) -> Scanner:
    """One scanner a text, so that its budget bounds the whole text."""
    scanners: dict[str, Scanner] = state.env.setdefault("scanners", {})
    if state.src not in scanners:
        scanners[state.src] = Scanner(state.src)
    return scanners[state.src]


def _esm(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start]
    if state.level or state.tShift[start] or state.src[position : position + 6] not in ("import", "export"):
        return False
    if not _MODULE.match(state.src, position):
        return False
    if not silent:
        stop = _scanner(state).statement(position)
        state.line = _line_of(state, start, end, stop) + 1
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<", position) or state.sCount[start] < state.blkIndent:
        return False
    is_component = _COMPONENT.match(state.src, position)
    if not is_component and (silent or not _CONTAINER.match(state.src, position)):
        return False
    tag = _tag(state, position, end)
    return tag is not None and (silent or _push_block(state, tag, start, end))


def _tag(state: StateBlock, position: int, end: int) -> Tag | None:
    """The tag of JSX at a position, if it ends before line `end`."""
    tag = _scanner(state).tag(position)
    if tag is None or position + len(tag.source) > state.eMarks[end - 1]:
        return None
    return tag if _is_jsx(tag, state) else None


def _push_block(state: StateBlock, tag: Tag, start: int, end: int) -> bool:
    """Push the tags that a line begins with, then read what is left of it as a block of its own."""
    position, line = state.bMarks[start] + state.tShift[start], start
    following: Tag | None = tag
    while following:
        stop = position + len(following.source)
        last = _line_of(state, line, end, stop)
        rest = state.src[stop : state.eMarks[last]]
        if rest.strip() and not following.name[:1].isupper() and following is tag:
            return False
        _fill(state.push("jsx", "", 0), following, [line, last + 1]).block = True
        position, line = stop + len(rest) - len(rest.lstrip()), last
        following = _tag(state, position, end) if _COMPONENT.match(state.src, position) else None
    state.line = line + 1
    if state.src[position : state.eMarks[line]].strip():
        state.bMarks[line], state.tShift[line], state.sCount[line] = position, 0, state.blkIndent
        _one_block(state, line, end)
    return True


def _one_block(state: StateBlock, line: int, end: int) -> None:
    for rule in state.md.block.ruler.getRules(""):
        if rule(state, line, end, False):
            return


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    tag = _scanner(state).tag(state.pos)
    if tag is None or state.pos + len(tag.source) > state.posMax:
        return False
    if not (_COMPONENT.match(tag.source) or tag.braced) or not _is_jsx(tag, state):
        return False
    if not silent:
        _fill(state.push("jsx", "", 0), tag, None)
    state.pos += len(tag.source)
    return True


def _is_jsx(tag: Tag, state: StateBlock | StateInline) -> bool:
    """A name that nothing closes is a placeholder such as `<PackageName>`, not a component."""
    if tag.closing or tag.self_closing or tag.braced:
        return True
    closed: dict[str, bool] = state.env.setdefault("closed", {})
    if tag.name not in closed:
        closed[tag.name] = f"</{tag.name}" in state.env["source"]
    return closed[tag.name]


def _fill(token: Token, tag: Tag, lines: list[int] | None) -> Token:
    token.meta, token.content, token.map = {"tag": tag}, tag.source, lines
    return token


def _expression_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if silent or not state.src.startswith("{", position):
        return False
    stop = _scanner(state).braces(position)
    line = _line_of(state, start, end, stop) if stop > 0 else end
    if line >= end or state.src[stop : state.eMarks[line]].strip():
        return False
    token = state.push("expression", "", 0)
    token.content, token.map, token.block = state.src[position:stop], [start, line + 1], True
    state.line = line + 1
    return True


def _expression(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    stop = _scanner(state).braces(state.pos)
    if stop < 0 or stop > state.posMax:
        return False
    if not silent:
        state.push("expression", "", 0).content = state.src[state.pos : stop]
    state.pos = stop
    return True


def _line_of(state: StateBlock, start: int, end: int, position: int) -> int:
    return next((line for line in range(start, end) if state.eMarks[line] >= position), end)
