"""Units that are too long for one passage, cut at lines of code, at sentences, at words as a last resort."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from robolearn_ingest.documents.unit import Unit
from robolearn_ingest.documents.weighing import words

TARGET = 150
LIMIT = 300
_SENTENCE = re.compile(r"(?<=[.!?…])[\"')\]]?\s+|(?<=[。！？])|\n")
_SPACE = re.compile(r"\s+")
_LONGEST_RUN = 1_500


def divided(unit: Unit) -> Iterator[Unit]:
    """The unit itself where it fits, else its pieces in order; no word is cut unless it is a page long."""
    if words(unit.text) <= (LIMIT if unit.code else LIMIT - TARGET // 3):
        yield unit
    elif unit.code:
        yield from _by_lines(unit)
    else:
        yield from _by_sentences(unit)


def _by_lines(unit: Unit) -> Iterator[Unit]:
    lines, start = unit.text.split("\n"), 0
    weight, target = 0, _even_share(unit.text)
    for number, line in enumerate(lines):
        more = words(line)
        if weight and weight + more > target:
            yield from _code_piece(unit, lines, start, number)
            start, weight = number, 0
        weight += more
    yield from _code_piece(unit, lines, start, len(lines))


def _code_piece(unit: Unit, lines: list[str], start: int, end: int) -> Iterator[Unit]:
    text = "\n".join(lines[start:end]).strip("\n")
    first = unit.first_line + start
    for piece in _runs(text) if words(text) > LIMIT else [text]:
        if piece.strip():
            yield replace(unit, text=piece, start=first, end=min(unit.end, unit.first_line + end - 1))


def _by_sentences(unit: Unit) -> Iterator[Unit]:
    offset, weight, begin = 0, 0, 0
    target = _even_share(unit.text)
    for end in _ends(unit.text):
        more = words(unit.text[offset:end])
        if weight and weight + more > target:
            yield _prose_piece(unit, begin, offset)
            begin, weight = offset, 0
        offset, weight = end, weight + more
    yield _prose_piece(unit, begin, len(unit.text))


def _ends(text: str) -> Iterator[int]:
    """Offsets at which the text may be cut: ends of sentences, of words in a sentence that is too long."""
    start = 0
    for end in [*(found.end() for found in _SENTENCE.finditer(text)), len(text)]:
        if words(text[start:end]) > TARGET:
            yield from (start + offset for offset in _word_ends(text[start:end]))
        if end > start:
            yield end
        start = end


def _word_ends(text: str) -> Iterator[int]:
    start = 0
    for end in [*(found.end() for found in _SPACE.finditer(text)), len(text)]:
        while end - start > _LONGEST_RUN:
            start += _LONGEST_RUN
            yield start
        start = end
        if end < len(text):
            yield end


def _runs(text: str) -> list[str]:
    ends = [0, *_word_ends(text), len(text)]
    pieces, begin = list[str](), 0
    for before, end in pairwise(ends):
        if before > begin and words(text[begin:end]) > TARGET:
            pieces.append(text[begin:before])
            begin = before
    return [*pieces, text[begin:]]


def _prose_piece(unit: Unit, begin: int, end: int) -> Unit:
    start_line, end_line = _line(unit, begin), _line(unit, max(begin, len(unit.text[:end].rstrip()) - 1))
    return replace(unit, text=unit.text[begin:end].strip(), start=start_line[0], end=end_line[1], breaks=())


def _line(unit: Unit, offset: int) -> tuple[int, int]:
    """The first and last line that an offset may be on: one line if every break of the unit is known."""
    if len(unit.breaks) != unit.end - unit.start:
        return unit.start, unit.end
    line = unit.start + bisect_right(unit.breaks, offset)
    return line, line


def _even_share(text: str) -> int:
    """A target that makes the pieces about equally long, so that none is tiny."""
    total = words(text)
    return -(-total // max(1, round(total / TARGET))) + 10
