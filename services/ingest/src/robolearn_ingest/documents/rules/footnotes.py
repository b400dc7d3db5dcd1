"""Footnotes that nothing refers to: the plug-in drops them, we keep them at the end."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore


def all_footnotes(md: MarkdownIt) -> None:
    """Teach a parser with footnotes to lose none."""
    md.core.ruler.before("footnote_tail", "all_footnotes", _rule)


def _rule(state: StateCore) -> None:
    notes = state.env.get("footnotes")
    if not notes:
        return
    listed = notes.setdefault("list", {})
    known = {note.get("label") for note in listed.values()}
    for token in state.tokens:
        if token.type == "footnote_reference_open" and token.meta["label"] not in known:
            known.add(token.meta["label"])
            listed[len(listed)] = {"label": token.meta["label"], "count": 0}
