"""Directives between fences: Docusaurus `:::note[T]`, Pandoc `::: {.note}`, MyST ```` ```{note} T ````."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from robolearn_ingest.documents.reports import report
from robolearn_ingest.documents.rules.admonitions import (
    INTERRUPTS,
    Look,
    admonition_kind,
    default_title,
    is_admonition,
    push_box,
)

_COLONS = re.compile(
    r"(:{3,})\s*(?:\{([^}]*)\}|([A-Za-z][\w-]*))\s*(?:\[(.*)\])?(?:\{([^}]*)\})?\s*(.*?)\s*:*\Z"
)
_TICKS = re.compile(r"(`{3,}|~{3,})\s*\{([A-Za-z][\w:.-]*)\}\s*(.*?)\s*\Z")
_TITLE = re.compile(r"""title\s*=\s*(["'])(.*?)\1""")
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)\Z")
_CODE = {
    "code",
    "code-block",
    "code-cell",
    "sourcecode",
    "eval-rst",
    "highlight",
    "mermaid",
    "literalinclude",
}
_SILENT = {"tableofcontents", "toctree", "bibliography", "contents", "include", "index", "raw", "only"}
_PICTURES = {"figure", "image"}


@dataclass(frozen=True)
class Directive:
    """The opening line of a directive: its fence, its lower-case name and what follows it."""

    fence: str
    name: str
    argument: str


def directives(md: MarkdownIt) -> None:
    """Teach a parser directives of all three kinds."""
    md.block.ruler.before("fence", "directive", _rule, INTERRUPTS)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith((":::", "```", "~~~"), position) or state.is_code_block(start):
        return False
    found = _opening(state.src[position : state.eMarks[start]])
    if not found:
        return False
    if not silent:
        _push(state, found, start, _end(state, found.fence, start, end))
    return True


def _opening(line: str) -> Directive | None:
    if line[0] != ":":
        found = _TICKS.match(line)
        return Directive(found[1], found[2].lower(), found[3]) if found else None
    found = _COLONS.match(line)
    if not found:
        return None
    titled = _TITLE.search(f"{found[2]} {found[5]}")
    name = (found[2] or "").split()[:1] or [found[3] or "div"]
    title = found[4] or (titled[2] if titled else "") or found[6]
    return Directive(found[1], name[0].lower().lstrip("."), title)


def _end(state: StateBlock, fence: str, start: int, end: int) -> int:
    """The line of the closing fence, or where the enclosing block ends."""
    for line in range(start + 1, end):
        position = state.bMarks[line] + state.tShift[line]
        text = state.src[position : state.eMarks[line]].rstrip()
        if text and state.sCount[line] < state.blkIndent:
            return line
        if text.startswith(fence) and not text.strip(fence[0]):
            return line
    report(
        state.env, start + 1, f"the block opened with `{fence}` is never closed", f"Close it with `{fence}`."
    )
    return end


def _push(state: StateBlock, found: Directive, start: int, end: int) -> None:
    options, body = _options(state, start + 1, end)
    lines = (start, end)
    name = found.name.rpartition(":")[2] if found.name.startswith(("prf", "proof")) else found.name
    if name in _CODE and found.fence[0] != ":":
        _push_code(state, found, (body - 1, end), options)
    elif name == "math":
        _push_math(state, body, end, lines)
    elif name in _PICTURES:
        _push_picture(state, found.argument, options, lines)
        push_box(state, Look("div", "", None), lines, body)
    elif name not in _SILENT:
        push_box(state, _look(name, found.argument, options), lines, body)
    closed = end < state.lineMax and _text(state, end).startswith(found.fence)
    state.line = end + 1 if closed else end


def _options(state: StateBlock, start: int, end: int) -> tuple[dict[str, str], int]:
    """The options of a MyST directive (`:name: value` lines, or YAML between `---`), and the body's line."""
    options, line = dict[str, str](), start
    if line < end and _text(state, line) == "---":
        close = next((i for i in range(line + 1, end) if _text(state, i) == "---"), None)
        return ({}, start) if close is None else (_yaml_lines(state, line + 1, close), close + 1)
    while line < end and (option := _OPTION.match(_text(state, line))):
        options[option[1]] = option[2]
        line += 1
    return options, line


def _yaml_lines(state: StateBlock, start: int, end: int) -> dict[str, str]:
    pairs = (_text(state, line).partition(":") for line in range(start, end))
    return {key.strip(): value.strip() for key, _, value in pairs}


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def _look(name: str, argument: str, options: dict[str, str]) -> Look:
    """The tag, class and title of a directive."""
    if name.startswith("callout-"):
        name = name.removeprefix("callout-")
    if name == "admonition":
        kind = options.get("class", "note").split(" ")[0]
        return Look("aside", f"admonition {admonition_kind(kind)}", argument or "Note")
    if name in {"details", "dropdown", "spoiler", "toggle"}:
        return Look("details", "", argument or "Details")
    if is_admonition(name):
        return Look("aside", f"admonition {admonition_kind(name)}", argument or default_title(name))
    if name in {"code-group", "div", "list-table", "csv-table", "table"}:
        return Look("div", "", argument or None)
    return Look("section", "box", argument or None)


def _push_code(state: StateBlock, found: Directive, lines: tuple[int, int], options: dict[str, str]) -> None:
    token = state.push("fence", "code", 0)
    token.info = found.argument or options.get("language", "") or ("rst" if found.name == "eval-rst" else "")
    token.content = state.getLines(lines[0] + 1, lines[1], state.sCount[lines[0]], True)
    token.map, token.markup = [lines[0], min(lines[1] + 1, state.lineMax)], found.fence
    token.meta = {"directive": True}


def _push_math(state: StateBlock, body: int, end: int, lines: tuple[int, int]) -> None:
    token = state.push("math_block", "math", 0)
    token.content, token.map = state.getLines(body, end, state.blkIndent, False), list(lines)
    token.block = True


def _push_picture(state: StateBlock, target: str, options: dict[str, str], lines: tuple[int, int]) -> None:
    alt = options.get("alt", "").replace("[", "(").replace("]", ")")
    state.push("paragraph_open", "p", 1).map = list(lines)
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = f"![{alt}](<{target}>)", [lines[0], lines[0] + 1], []
    state.push("paragraph_close", "p", -1)
