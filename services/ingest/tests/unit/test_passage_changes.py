"""What changes in the passages of a lesson."""

from uuid import UUID, uuid4

from robolearn.domain.page import PassageDraft
from robolearn.domain.records import CurriculumChanges, PassagePlace
from robolearn_ingest.loading.passages import compare_passages

LESSON = uuid4()


def _draft(text: str, anchor: str = "", line: int = 1) -> PassageDraft:
    return PassageDraft((), anchor, line, line, text)


def _stored(position: int, draft: PassageDraft) -> PassagePlace:
    return PassagePlace(
        uuid4(), LESSON, position, draft.anchor, draft.line_start, draft.line_end, draft.text_hash
    )


def _compare(drafts: list[PassageDraft], stored: list[PassagePlace]) -> CurriculumChanges:
    changes = CurriculumChanges()
    compare_passages(LESSON, "en", drafts, stored, changes)
    return changes


def _rewritten(changes: CurriculumChanges) -> list[UUID]:
    return [one.place.id for one in changes.rewritten_passages]


def test_equal_passages_change_nothing() -> None:
    drafts = [_draft("a"), _draft("b")]
    assert _compare(drafts, [_stored(0, drafts[0]), _stored(1, drafts[1])]) == CurriculumChanges()


def test_invariant_2_changing_one_passage_changes_one_passage() -> None:
    stored = [_stored(0, _draft("a", "one")), _stored(1, _draft("b", "two"))]
    changes = _compare([_draft("a", "one"), _draft("b!", "two")], stored)
    assert _rewritten(changes) == [stored[1].id]
    assert not changes.new_passages
    assert not changes.removed_passages


def test_a_passage_that_stands_elsewhere_keeps_its_id() -> None:
    stored = [_stored(0, _draft("a")), _stored(1, _draft("b"))]
    changes = _compare([_draft("new"), _draft("a", line=9), _draft("b")], [*stored])
    assert {one.id: one.position for one in changes.moved_passages} == {stored[0].id: 1, stored[1].id: 2}
    assert [one.text for one in changes.new_passages] == ["new"]


def test_equal_texts_are_paired_one_by_one() -> None:
    stored = [_stored(0, _draft("same")), _stored(1, _draft("same"))]
    changes = _compare([_draft("same")], stored)
    assert changes.removed_passages == [stored[1].id]


def test_what_is_gone_is_removed() -> None:
    stored = [_stored(0, _draft("a", "one"))]
    assert _compare([], stored).removed_passages == [stored[0].id]
