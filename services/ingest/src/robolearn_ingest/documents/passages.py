"""Passages: one heading section each, cut at about 150 words between paragraphs, items, rows and code."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from markdown_it.token import Token

from robolearn.domain.page import Heading, PassageDraft
from robolearn_ingest.documents.splitting import LIMIT, TARGET, divided
from robolearn_ingest.documents.unit import Unit
from robolearn_ingest.documents.units import Section, read_units
from robolearn_ingest.documents.weighing import words

_TINY = 40


class _Part:
    """The units below one heading, up to the next."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.units: list[Unit] = []

    @property
    def start(self) -> int:
        """The line on which the part begins."""
        if self.section.is_heading:
            return self.section.path[-1].line
        return self.units[0].start if self.units else 0


def passages_of(tokens: Sequence[Token], root: str | None) -> Iterator[PassageDraft]:
    """The passages of a page whose outermost heading is `root` (None: it has none)."""
    parts = _parts(read_units(tokens))
    for number, part in enumerate(parts):
        following = parts[number + 1].section if number + 1 < len(parts) else None
        path = _path(part.section.path, root)
        anchor = part.section.path[-1].anchor if part.section.path else ""
        if part.units:
            for group in _groups(part.units):
                yield _draft(group, path, anchor)
        elif _stands_alone(part.section, following):
            yield _lone_heading(part.section.path[-1], path)


def _parts(run: Iterable[Section | Unit]) -> list[_Part]:
    parts, notes = [_Part(Section((), is_heading=False))], list[Unit]()
    for item in run:
        if isinstance(item, Section):
            parts.append(_Part(item))
        else:
            (notes if item.note else parts[-1].units).append(item)
    for note in notes:
        _home(parts, note).units.append(note)
    return parts


def _home(parts: Sequence[_Part], note: Unit) -> _Part:
    """The part in which a footnote was written."""
    before = (part for part in reversed(parts) if 0 < part.start <= note.start)
    return next(before, parts[0])


def _stands_alone(section: Section, following: Section | None) -> bool:
    """Whether a heading without a body needs a passage, because no section below tells its words."""
    if not section.is_heading or not section.path[-1].text:
        return False
    return following is None or following.path[: len(section.path)] != section.path


def _path(headings: tuple[Heading, ...], root: str | None) -> tuple[str, ...]:
    texts = tuple(heading.text for heading in headings if heading.text)
    return texts if root is None or texts[:1] == (root,) else (root, *texts)


def _lone_heading(heading: Heading, path: tuple[str, ...]) -> PassageDraft:
    return PassageDraft(path, heading.anchor, heading.line, heading.line, heading.text)


def _draft(units: list[Unit], path: tuple[str, ...], anchor: str) -> PassageDraft:
    text = units[0].text
    for before, unit in pairwise(units):
        text += _joint(before, unit) + unit.text
    placed = [unit for unit in units if not unit.note] or units
    start, end = min(unit.start for unit in placed), max(unit.end for unit in placed)
    return PassageDraft(path, anchor, start, end, _tidy(text))


def _joint(before: Unit, unit: Unit) -> str:
    if before.leads and not unit.code:
        return "\n"
    return "\n\n" if before.code else unit.joint


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _groups(units: Iterable[Unit]) -> list[list[Unit]]:
    """The units in passages: greedy up to the target, a lead-in kept with what it leads to, no tiny tail."""
    groups: list[list[Unit]] = [[]]
    weight = 0
    for unit in chain.from_iterable(map(divided, units)):
        more = words(unit.text)
        if weight + more > (LIMIT if weight < _TINY else TARGET) and groups[-1]:
            carried = _lead_in(groups[-1])
            groups.append(carried)
            weight = sum(words(lead.text) for lead in carried)
        groups[-1].append(unit)
        weight += more
    return _without_tiny_tail(groups)


def _lead_in(group: list[Unit]) -> list[Unit]:
    """Takes from the end of a group what introduces the next unit: a title, a sentence ending in a colon."""
    carried: list[Unit] = []
    while len(group) > 1 and (group[-1].leads or _introduces(group[-1])) and len(carried) < 2:  # noqa: PLR2004
        carried.insert(0, group.pop())
    return carried


def _introduces(unit: Unit) -> bool:
    return not unit.code and unit.text.endswith(":") and words(unit.text) < _TINY


def _without_tiny_tail(groups: list[list[Unit]]) -> list[list[Unit]]:
    weights = [sum(words(unit.text) for unit in group) for group in groups[-2:]]
    if len(groups) > 1 and weights[-1] < _TINY and sum(weights) <= LIMIT:
        tail = groups.pop()
        groups[-1] += tail
    return [group for group in groups if group]
