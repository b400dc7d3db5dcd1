"""A part of a page: the blocks on some of its lines, and the footnotes they refer to."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def part_of(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    """The top-level blocks that begin on lines `start` to `end` (1-based, inclusive), with footnotes."""
    notes = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    kept = list(_blocks(tokens[:notes], start, end))
    wanted = {child.meta["id"] for child in _children(kept) if child.type == "footnote_ref"}
    chosen = list(_notes(tokens[notes:], wanted))
    return [*kept, tokens[notes], *chosen, tokens[-1]] if chosen else kept


def _blocks(tokens: Sequence[Token], start: int, end: int) -> Iterator[Token]:
    inside = False
    for token in tokens:
        if token.map is not None and token.level == 0 and token.nesting >= 0:
            inside = start <= token.map[0] + 1 <= end
        if inside:
            yield token


def _notes(tokens: Sequence[Token], wanted: set[int]) -> Iterator[Token]:
    inside = False
    for token in tokens:
        if token.type == "footnote_open":
            inside = token.meta["id"] in wanted
        if inside:
            yield token
        inside = inside and token.type != "footnote_close"


def _children(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or []
