"""A floor under nesting: what is deeper than we follow becomes plain text instead of being lost."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from robolearn_ingest.documents.reports import report

MAX_LEVEL = 60
MAX_INLINE = 50_000


def depth_limits(md: MarkdownIt) -> None:
    """Teach a parser to stop at a depth, and to read a huge paragraph as text only."""
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.inline.ruler.before("text", "too_long", _too_long)


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level < MAX_LEVEL or silent:
        return False
    report(
        state.env,
        start + 1,
        f"blocks are nested deeper than {MAX_LEVEL} levels; the rest is shown as plain text",
        "Nest less.",
    )
    state.push("paragraph_open", "p", 1).map = [start, end]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = state.getLines(start, end, 0, False), [start, end], []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _too_long(state: StateInline, silent: bool) -> bool:
    if silent or state.posMax <= MAX_INLINE or state.level or state.pos:
        return False
    state.pending += state.src[state.pos : state.posMax]
    state.pos = state.posMax
    reason = f"a paragraph is longer than {MAX_INLINE:,} characters and was read without its formatting"
    report(state.env, state.env.get("line", 1), reason, "Divide it by blank lines.")
    return True
