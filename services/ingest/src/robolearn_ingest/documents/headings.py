"""Headings: the anchors that authors write at their end, and those we make."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from robolearn.domain.page import Heading
from robolearn_ingest.documents.plain_text import plain
from robolearn_ingest.documents.raw_html import with_html_headings
from robolearn_ingest.documents.rules.marks import as_written
from robolearn_ingest.documents.slugs import Slugger

# `[[anchor]]`, `{#anchor .class}`, `{: #anchor}`, `{-}` and `{/* #anchor */}` at the end of a heading.
_SUFFIX = re.compile(
    r"[ \t]*(?:\[\[(?P<hf>[^\[\]\n]{1,200})\]\]"
    r"|\{:?[ \t]*(?P<list>(?:[.#][\w.:-]+|[\w-]+=\S+|-)(?:[ \t]+(?:[.#][\w.:-]+|[\w-]+=\S+))*)[ \t]*\}"
    r"|\{/\*[ \t]*#(?P<mdx>[\w.:-]+)[ \t]*\*/\})[ \t]*\Z"
)
ONLY_HEADINGS = "only_headings"
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*\Z")


def headings(md: MarkdownIt) -> None:
    """Teach a parser heading suffixes and anchors."""
    md.core.ruler.at("inline", _inline)
    md.core.ruler.before("inline", "heading_suffixes", _suffixes)
    md.core.ruler.push("anchors", _anchors)


def _inline(state: StateCore) -> None:
    """markdown-it's own rule, which can leave out all but the headings and tells its rules the line."""
    only_headings, before = state.env.get(ONLY_HEADINGS, False), ""
    for token in state.tokens:
        if token.type == "inline" and (before == "heading_open" or not only_headings):
            state.env["line"] = token.map[0] + 1 if token.map else 1
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        before = token.type


def _suffixes(state: StateCore) -> None:
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.content.endswith(("]", "}")):
            found = _SUFFIX.search(inline.content[-400:])
            if found:
                inline.content = _CLOSING_HASHES.sub("", inline.content[: -len(found[0])])
                opening.meta["anchor"] = _given(found)


def _given(found: re.Match[str]) -> str:
    ids = [word[1:] for word in (found["list"] or "").split() if word.startswith("#")]
    return found["hf"] or found["mdx"] or (ids[0] if ids else "")


def _anchors(state: StateCore) -> None:
    state.tokens = with_html_headings(state.tokens)
    slugger = Slugger()
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open":
            text = plain(inline.children or [])
            given = opening.meta.get("anchor")
            if text:
                opening.attrs = {"id": slugger.given(given) if given else slugger.slug(_named(inline))}
            opening.meta["text"] = text


def _named(inline: Token) -> str:
    """What an anchor is made of: the text, with `:rocket:` as it is written."""
    return plain(as_written(inline.children or []))


def heading_at(opening: Token) -> Heading:
    """The heading that a `heading_open` token begins."""
    line = opening.map[0] + 1 if opening.map else 1
    return Heading(int(opening.tag[1]), opening.meta["text"], str(opening.attrs["id"]), line)
