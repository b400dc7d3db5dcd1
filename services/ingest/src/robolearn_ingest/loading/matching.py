"""Which page is which stored lesson: by content, then by place, so that a rename keeps a lesson's id."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from robolearn.domain.records import LessonRecord

# Of a page and a lesson with other names: share of passages they must have in common to be the same.
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a lesson from others, on either side. `texts` are the hashes of its passages."""

    key: tuple[str, str]
    content_hash: bytes
    title: str | None
    module_path: tuple[str, ...]
    texts: frozenset[bytes]

    @property
    def file_name(self) -> str:
        """The name of its file, without the folder."""
        return PurePosixPath(self.key[1]).name


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored lesson and what tells it from others."""

    identity: Identity
    lesson: LessonRecord


Pairs = dict[tuple[str, str], LessonRecord]

# Each rule pairs what it finds equal and leaves the rest to the next. A key that yields None pairs nothing.
RULES: tuple[Callable[[Identity], Hashable], ...] = (
    lambda one: (one.key, one.content_hash),
    lambda one: one.content_hash,
    lambda one: one.key,
)
LAST_RULES: tuple[Callable[[Identity], Hashable], ...] = (
    lambda one: (one.title, one.module_path) if one.title else None,
    lambda one: (one.title, one.file_name) if one.title else None,
)


def match(pages: Sequence[Identity], stored: Sequence[Stored]) -> Pairs:
    """Pair pages with stored lessons, each at most once; by page key."""
    matching = _Matching(pages, stored)
    for rule in RULES:
        matching.equal(rule)
    matching.similar()
    for rule in LAST_RULES:
        matching.equal(rule)
    return matching.pairs


class _Matching:
    """The pages and lessons still to be paired."""

    def __init__(self, pages: Sequence[Identity], stored: Sequence[Stored]) -> None:
        self.pairs: Pairs = {}
        self._pages = list(pages)
        self._stored = list(stored)

    def equal(self, rule: Callable[[Identity], Hashable]) -> None:
        waiting: dict[Hashable, deque[Stored]] = defaultdict(deque)
        for one in self._stored:
            waiting[rule(one.identity)].append(one)
        waiting.pop(None, None)
        self._pair((page, waiting[rule(page)].popleft()) for page in self._pages if waiting.get(rule(page)))

    def similar(self) -> None:
        owners: dict[bytes, list[int]] = defaultdict(list)
        for index, one in enumerate(self._stored):
            for text in one.identity.texts:
                owners[text].append(index)
        taken: set[int] = set()
        chosen = []
        for page in self._pages:
            shared = Counter(index for text in page.texts for index in owners[text] if index not in taken)
            best = max(shared, key=lambda index: shared[index], default=None)
            if best is not None and shared[best] >= SAME * max(
                len(page.texts), len(self._stored[best].identity.texts)
            ):
                taken.add(best)
                chosen.append((page, self._stored[best]))
        self._pair(chosen)

    def _pair(self, found: Iterable[tuple[Identity, Stored]]) -> None:
        pages, lessons = set(), set()
        for page, one in found:
            self.pairs[page.key] = one.lesson
            pages.add(page.key)
            lessons.add(one.lesson.id)
        self._pages = [page for page in self._pages if page.key not in pages]
        self._stored = [one for one in self._stored if one.lesson.id not in lessons]
