"""What authors write for their site's generator: includes, abbreviations, shortcodes of Hugo and Jekyll."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from robolearn_ingest.documents.reports import report
from robolearn_ingest.documents.rules.admonitions import INTERRUPTS

_SNIPPET = re.compile(r"-{1,4}8<-{1,4}(?:[ \t]+(?:([\"'])(?P<file>[^\"'\n]{1,300})\1))?[ \t]*\Z")
_INCLUDE = re.compile(
    r"\{!\s*(?P<file>[^!\n]{1,300}?)\s*!\}[ \t]*\Z"
    r"|\{\{\s*#include\s+(?P<mdbook>[^}\n]{1,300}?)\s*\}\}[ \t]*\Z"
)
_ABBREVIATION = re.compile(r"\*\[([^\]\n]{1,100})\]:[ \t]*(\S[^\n]{0,500})\Z")
_SHORTCODE = re.compile(r"\{\{[<%][^\n]{0,500}?[>%]\}\}|\{%-?\s+\w[^\n]{0,500}?%\}")
_MARKDOWN_TAG = re.compile(
    r"<[a-z]{1,20}\s(?:[^<>\n]{0,300}\s)?markdown(?:=[\"']?\w{1,10}[\"']?)?(?:\s[^<>\n]{0,300})?>[ \t]*\Z"
)
_CONTENTS = {"[TOC]", "[[TOC]]", "[[_TOC_]]", "[toc]"}
_MOST_LINES = 100


def templates(md: MarkdownIt) -> None:
    """Teach a parser to leave a generator's commands out, and to tell of what they would have put in."""
    md.block.ruler.before("fence", "include", _include, INTERRUPTS)
    md.block.ruler.before("fence", "abbreviation", _abbreviation, INTERRUPTS)
    md.block.ruler.before("fence", "contents_mark", _contents_mark, INTERRUPTS)
    md.block.ruler.before("html_block", "markdown_in_html", _markdown_in_html, INTERRUPTS)
    md.inline.ruler.before("escape", "shortcode", _shortcode)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _include(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start)
    if not line.startswith(("-", "{")) or state.is_code_block(start):
        return False
    snippet = _SNIPPET.match(line)
    found = snippet or _INCLUDE.match(line)
    if not found:
        return False
    names, stop = [name for name in found.groupdict().values() if name], start + 1
    if snippet and not names:  # a list of files between two such lines
        last = min(end, start + _MOST_LINES)
        stop = next((n + 1 for n in range(start + 1, last) if _SNIPPET.match(_line(state, n))), stop)
        names = [name for n in range(start + 1, stop - 1) if (name := _line(state, n).strip())]
    if not silent:
        for name in names:
            _tell(state, start + 1, name)
        state.line = stop
    return True


def _tell(state: StateBlock, line: int, name: str) -> None:
    reason = f"the text of {name} would be included here, which is not done"
    report(state.env, line, reason, "Write the text on the page, or link to it.")


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    line = _line(state, start)
    found = _ABBREVIATION.match(line) if line.startswith("*[") and not state.is_code_block(start) else None
    if not found:
        return False
    if not silent:
        lines = [start, start + 1]
        state.push("paragraph_open", "p", 1).map = lines
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = f"{found[1]}: {found[2]}", lines, []
        state.push("paragraph_close", "p", -1)
        state.line = start + 1
    return True


def _contents_mark(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """`[TOC]`, where a generator puts the page's contents."""
    if _line(state, start).strip() not in _CONTENTS or state.is_code_block(start):
        return False
    if not silent:
        state.line = start + 1
    return True


def _markdown_in_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """A tag that says `markdown`: what follows it is Markdown, not HTML."""
    line = _line(state, start)
    if not line.startswith("<") or state.is_code_block(start) or not _MARKDOWN_TAG.match(line):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.map, token.content = [start, start + 1], line + "\n"
        state.line = start + 1
    return True


def _shortcode(state: StateInline, silent: bool) -> bool:  # noqa: ARG001
    if state.src[state.pos] != "{":
        return False
    found = _SHORTCODE.match(state.src, state.pos, state.posMax)
    if found:
        state.pos = found.end()
    return found is not None
