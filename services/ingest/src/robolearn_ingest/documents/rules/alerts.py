"""GitHub alerts: a block quote that begins with `[!NOTE]`."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from robolearn_ingest.documents.rules.admonitions import admonition_kind, default_title, title_tokens

_ALERT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ \t]*(.*)(?:\n|\Z)")


def alerts(md: MarkdownIt) -> None:
    """Teach a parser alerts."""
    md.core.ruler.before("inline", "alerts", _rule)


def _rule(state: StateCore) -> None:
    if "[!" not in state.src:
        return
    found = [index for index, token in enumerate(state.tokens) if token.type == "blockquote_open"]
    for index in reversed(found):
        _convert(state.tokens, index)


def _convert(tokens: list[Token], index: int) -> None:
    inline = tokens[index + 2] if tokens[index + 1].type == "paragraph_open" else None
    alert = _ALERT.match(inline.content) if inline else None
    if inline is None or alert is None:
        return
    opening = tokens[index]
    close = next(i for i in range(index, len(tokens)) if _closes(tokens[i], opening))
    tokens[close].type = "box_close"
    tokens[close].tag = "aside"
    opening.type, opening.tag = "box_open", "aside"
    opening.attrs = {"class": f"admonition {admonition_kind(alert[1])}"}
    lines = inline.map or [0, 1]
    title = title_tokens("p", alert[2].strip() or default_title(alert[1]), lines[0])
    inline.content = inline.content[alert.end() :]
    inline.map = [min(lines[0] + 1, lines[1] - 1), lines[1]]
    keep = index + 1 if inline.content.strip() else index + 4
    tokens[index + 1 : keep] = title


def _closes(token: Token, opening: Token) -> bool:
    return token.type == "blockquote_close" and token.level == opening.level
