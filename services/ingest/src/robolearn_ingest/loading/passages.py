"""What has changed in the passages of one lesson."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from uuid import UUID, uuid4

from robolearn.domain.page import PassageDraft
from robolearn.domain.records import CurriculumChanges, PassagePlace, PassageRecord

Numbered = tuple[int, PassageDraft]


def compare_passages(
    lesson_id: UUID,
    language: str,
    drafts: Sequence[PassageDraft],
    stored: Sequence[PassagePlace],
    changes: CurriculumChanges,
) -> None:
    """Add to `changes` what makes the stored passages equal to the drafts.

    A passage with the same text keeps its id wherever it stands; one whose text changed keeps it if it
    stands under the same anchor; so one edit is one passage to embed.
    """
    same, left, free = _paired(list(enumerate(drafts)), list(stored), lambda one: one.text_hash)
    edited, new, gone = _paired(left, free, lambda one: one.anchor)
    for (position, draft), old in same:
        place = _place(old.id, lesson_id, position, draft)
        if place != old:
            changes.moved_passages.append(place)
    for (position, draft), old in edited:
        changes.rewritten_passages.append(_record(old.id, lesson_id, position, draft, language))
    for position, draft in new:
        changes.new_passages.append(_record(uuid4(), lesson_id, position, draft, language))
    changes.removed_passages.extend(old.id for old in gone)


def _paired(
    drafts: Iterable[Numbered],
    stored: Iterable[PassagePlace],
    key: Callable[[PassageDraft | PassagePlace], Hashable],
) -> tuple[list[tuple[Numbered, PassagePlace]], list[Numbered], list[PassagePlace]]:
    waiting: dict[Hashable, deque[PassagePlace]] = defaultdict(deque)
    for old in stored:
        waiting[key(old)].append(old)
    pairs: list[tuple[Numbered, PassagePlace]] = []
    left: list[Numbered] = []
    for one in drafts:
        queue = waiting[key(one[1])]
        if queue:
            pairs.append((one, queue.popleft()))
        else:
            left.append(one)
    return pairs, left, [old for queue in waiting.values() for old in queue]


def _place(passage_id: UUID, lesson_id: UUID, position: int, draft: PassageDraft) -> PassagePlace:
    return PassagePlace(
        passage_id, lesson_id, position, draft.anchor, draft.line_start, draft.line_end, draft.text_hash
    )


def _record(
    passage_id: UUID, lesson_id: UUID, position: int, draft: PassageDraft, language: str
) -> PassageRecord:
    return PassageRecord(
        _place(passage_id, lesson_id, position, draft), draft.heading_path, draft.text, language
    )
