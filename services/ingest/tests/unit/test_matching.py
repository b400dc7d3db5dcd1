"""Which page is which stored lesson."""

from dataclasses import replace
from uuid import uuid4

from robolearn.domain.page import Facts
from robolearn.domain.records import LessonRecord
from robolearn_ingest.loading.matching import Identity, Pairs, Stored, match


def _identity(path: str, content: str = "", title: str | None = None, *texts: str) -> Identity:
    hashes = frozenset(text.encode() for text in texts)
    return Identity(("", path), (content or path).encode(), title, (), hashes)


def _stored(identity: Identity) -> Stored:
    lesson = LessonRecord(
        id=uuid4(),
        course_id=uuid4(),
        module_id=None,
        key=identity.key[1],
        source_path=identity.key[1],
        position=1,
        in_navigation=True,
        title=identity.title or "",
        page_title=identity.title,
        description=None,
        facts=Facts(),
        language="en",
        content_hash=identity.content_hash,
        payload_hash=b"",
    )
    return Stored(identity, lesson)


def _path(pairs: Pairs, path: str) -> str | None:
    return pairs[("", path)].key if ("", path) in pairs else None


def test_an_edited_page_keeps_its_lesson() -> None:
    assert _path(match([_identity("a.md", "new")], [_stored(_identity("a.md", "old"))]), "a.md") == "a.md"


def test_a_renamed_page_keeps_its_lesson_by_content() -> None:
    pairs = match([_identity("b.md", "same")], [_stored(_identity("a.md", "same"))])
    assert _path(pairs, "b.md") == "a.md"


def test_pages_that_exchange_names_keep_their_lessons() -> None:
    stored = [_stored(_identity("a.md", "first")), _stored(_identity("b.md", "second"))]
    pairs = match([_identity("a.md", "second"), _identity("b.md", "first")], stored)
    assert (_path(pairs, "a.md"), _path(pairs, "b.md")) == ("b.md", "a.md")


def test_numbered_files_shifted_by_an_insertion_keep_their_lessons() -> None:
    stored = [_stored(_identity("1.md", "one")), _stored(_identity("2.md", "two"))]
    pages = [_identity("1.md", "new"), _identity("2.md", "one"), _identity("3.md", "two")]
    pairs = match(pages, stored)
    assert (_path(pairs, "1.md"), _path(pairs, "2.md"), _path(pairs, "3.md")) == (None, "1.md", "2.md")


def test_equal_stubs_stay_where_they_are() -> None:
    stored = [_stored(_identity(path, "stub")) for path in ("a.md", "b.md")]
    pairs = match([_identity("b.md", "stub"), _identity("a.md", "stub")], stored)
    assert (_path(pairs, "a.md"), _path(pairs, "b.md")) == ("a.md", "b.md")


def test_a_page_renamed_and_edited_keeps_its_lesson_by_its_passages() -> None:
    stored = [_stored(_identity("a.md", "old", None, "x", "y", "z"))]
    assert _path(match([_identity("b.md", "new", None, "x", "y", "w")], stored), "b.md") == "a.md"


def test_too_few_common_passages_are_no_match() -> None:
    stored = [_stored(_identity("a.md", "old", None, "x", "y", "z"))]
    assert match([_identity("b.md", "new", None, "x", "v", "w")], stored) == {}


def test_a_page_renamed_and_rewritten_keeps_its_lesson_by_title_and_place() -> None:
    stored = [_stored(_identity("a.md", "old", "Odometry"))]
    assert _path(match([_identity("b.md", "new", "Odometry")], stored), "b.md") == "a.md"


def test_the_same_title_in_another_module_and_file_is_another_lesson() -> None:
    stored = [_stored(_identity("unit1/intro.md", "old", "Introduction"))]
    page = replace(_identity("unit2/welcome.md", "new", "Introduction"), module_path=("Unit 2",))
    assert match([page], stored) == {}


def test_pages_without_a_title_are_not_matched_by_it() -> None:
    assert match([_identity("b.md", "new")], [_stored(_identity("a.md", "old"))]) == {}
