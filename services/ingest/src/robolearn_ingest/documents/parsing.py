"""The parsers: CommonMark with what real curricula add to it, one for Markdown and one for MDX."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from robolearn_ingest.documents.headings import ONLY_HEADINGS, headings
from robolearn_ingest.documents.reports import report
from robolearn_ingest.documents.rules.alerts import alerts
from robolearn_ingest.documents.rules.annotations import annotations
from robolearn_ingest.documents.rules.depth import depth_limits
from robolearn_ingest.documents.rules.directives import directives
from robolearn_ingest.documents.rules.footnotes import all_footnotes
from robolearn_ingest.documents.rules.indented import indented_boxes
from robolearn_ingest.documents.rules.jsx import jsx
from robolearn_ingest.documents.rules.marks import marks
from robolearn_ingest.documents.rules.math import math
from robolearn_ingest.documents.rules.templates import templates

# A component that is closed, or an import: the file is MDX whatever its name says.
_MDX = re.compile(
    r"^(?:import\s[^\n]+\sfrom\s+['\"][^\n]+|\s*<[A-Z][\w.]*[a-z]\w*(?:\s[^\n<>]*)?/>|\s*</[A-Z]\w*[a-z]\w*>)",
    re.M,
)
_KEPT = 2
_kept: OrderedDict[tuple[str, str], "Parsed"] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tokens of a file, and what its rules left behind. Neither is changed after parsing."""

    tokens: list[Token]
    env: dict[str, Any]


def _any_link(_: str) -> bool:
    return True


@cache
def parser_for(mdx: bool) -> MarkdownIt:
    """The parser of this process for Markdown or for MDX."""
    md = MarkdownIt("commonmark", {"maxNesting": 100, "tasklists": True})
    md.enable(["table", "strikethrough"])
    md.validateLink = _any_link  # type: ignore[assignment]  # addresses are judged when links are rendered
    md.use(footnote_plugin).use(deflist_plugin).use(myst_role_plugin).use(math)
    md.use(indented_boxes).use(directives).use(annotations).use(alerts).use(headings).use(all_footnotes)
    md.use(marks).use(templates).use(depth_limits)
    return md.use(jsx) if mdx else md


def is_mdx(path: str, text: str) -> bool:
    """Whether a file holds JSX: by its name, or by what Docusaurus allows in `.md`."""
    return path.lower().endswith(".mdx") or ("<" in text and bool(_MDX.search(text)))


def parse(path: str, text: str) -> Parsed:
    """Parse a whole file; the last few are kept, for files that hold many lessons."""
    key = (path, text)
    if key not in _kept:
        while len(_kept) >= _KEPT:
            _kept.popitem(last=False)
        _kept[key] = _parse(path, text)
    return _kept[key]


def headings_in(path: str, text: str) -> list[Token]:
    """The tokens of a file whose headings alone were read to the end: half the work."""
    return parser_for(is_mdx(path, text)).parse(text, {"path": path, "source": text, ONLY_HEADINGS: True})


def _parse(path: str, text: str) -> Parsed:
    env: dict[str, Any] = {"path": path, "source": text}
    tokens = parser_for(is_mdx(path, text)).parse(text, env)
    lines = text.split("\n")
    for token in tokens:
        if token.type == "fence" and token.map and not token.meta.get("directive"):
            _check_closed(token, lines, env)
    return Parsed(tokens, env)


def _check_closed(fence: Token, lines: list[str], env: dict[str, Any]) -> None:
    start, end = fence.map or [0, 0]
    last = lines[end - 1].strip(" \t>") if end - 1 > start else ""
    if not (last.startswith(fence.markup) and not last.strip(fence.markup[0])):
        reason = f"the code fence {fence.markup} is never closed, so all that follows is code"
        report(env, start + 1, reason, f"Close it with a line that holds only {fence.markup}")
