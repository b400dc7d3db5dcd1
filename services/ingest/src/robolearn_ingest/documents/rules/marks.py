"""Marks in text, as MkDocs and GitHub know them: `==x==`, `^^x^^`, `++key++`, `H~2~O`, `:rocket:`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from rich.emoji import Emoji


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a mark looks like from its first character on, the element it is, and what may stand before it."""

    pattern: re.Pattern[str]
    tag: str
    before: re.Pattern[str]


_APART = re.compile(r"[^\w=^+]|\Z")
_WORD = re.compile(r"[\w)]")
_MARKS = {
    "=": (_Mark(re.compile(r"==(?=[^\s=])([^\n]{0,500}?[^\s=])==(?![\w=])"), "mark", _APART),),
    "+": (_Mark(re.compile(r"\+\+([\w-]{1,20}(?:\+[\w-]{1,20}){0,5})\+\+(?![\w+])"), "kbd", _APART),),
    "^": (
        _Mark(re.compile(r"\^\^(?=[^\s^])([^\n]{0,500}?[^\s^])\^\^(?![\w^])"), "ins", _APART),
        _Mark(re.compile(r"\^([\w+-]{1,12})\^(?![\w^])"), "sup", _WORD),
    ),
    "~": (_Mark(re.compile(r"~([\w+-]{1,12})~(?!~)"), "sub", _WORD),),
}
_NAME = re.compile(r":([a-z0-9_+-]{1,60}):(?![\w:])")
_LANGUAGE = re.compile(r"\A#![a-z][\w+-]{0,30}[ ]+(?=\S)")
_TAG = re.compile(
    r"</?(?:em|strong|b|i|u|s|code|kbd|mark|small|span|sub|sup|br|font|img|a)(?:\s[^<>]{0,500})?/?>", re.I
)
_ICON = re.compile(r"(?:material|fontawesome|octicons|simple)-")
_LIST = re.compile(r"[ \t]*\{:?[ \t]*[.#][^}\n]{0,200}\}")


def marks(md: MarkdownIt) -> None:
    """Teach a parser marks, and the names of emoji and icons."""
    md.inline.ruler.before("escape", "mark", _mark)
    md.inline.ruler.before("escape", "emoji", _emoji)
    md.core.ruler.after("inline", "code_language", _code_language)


def as_written(children: Sequence[Token]) -> list[Token]:
    """Inline tokens with the names of emoji in place of them, since anchors are made of the names."""
    return [
        Token("text", "", 0, content=token.meta["name"])
        if token.meta.get("name") and not token.tag
        else token
        for token in children
    ]


def _mark(state: StateInline, silent: bool) -> bool:
    for mark in _MARKS.get(state.src[state.pos], ()):
        found = mark.pattern.match(state.src, state.pos, state.posMax)
        if found and mark.before.match(state.src[max(state.pos - 1, 0) : state.pos]):
            if not silent:
                _push(state, mark.tag, found)
            state.pos = found.end()
            return True
    return False


def _push(state: StateInline, tag: str, found: re.Match[str]) -> None:
    """The element, with what is marked read as Markdown too."""
    state.push(f"{tag}_open", tag, 1)
    outer, state.posMax, state.pos = state.posMax, found.end(1), found.start(1)
    state.md.inline.tokenize(state)
    state.posMax = outer
    state.push(f"{tag}_close", tag, -1)


def _emoji(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or re.match(r"[\w:]", state.src[max(state.pos - 1, 0) : state.pos]):
        return False
    found = _NAME.match(state.src, state.pos, state.posMax)
    shown = shown_name(found) if found else None
    if found is None or shown is None:
        return False
    attributes = _LIST.match(state.src, found.end(), state.posMax) if not shown else None
    if not silent:
        token = state.push("emoji", "", 0)
        token.content, token.meta = shown, {"name": found[0] if shown else ""}
    state.pos = (attributes or found).end()
    return True


def _code_language(state: StateCore) -> None:
    """`#!python x` is MkDocs' way of naming the language of code in a line."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "code_inline" and child.content.startswith("#!"):
                child.content = _LANGUAGE.sub("", child.content)


def shown_name(found: re.Match[str]) -> str | None:
    """What readers see for a name between colons: an emoji, nothing for an icon; None for no such name."""
    if _ICON.match(found[1]):
        return ""
    emoji = Emoji.replace(found[0])
    return None if emoji == found[0] else emoji


def shown_title(text: str) -> str:
    """A title that is no Markdown, as readers see it: without tags and icons, with emoji for their names."""
    bare = _TAG.sub("", text) if "<" in text else text
    if ":" in bare:
        named = rf"(?<![\w:]){_NAME.pattern}"
        bare = re.sub(named, lambda found: _or_written(shown_name(found), found), bare)
    return text if bare == text else " ".join(bare.split()) or text


def _or_written(shown: str | None, found: re.Match[str]) -> str:
    return found[0] if shown is None else shown
