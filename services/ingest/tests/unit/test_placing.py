"""Outlines flattened to places."""

from uuid import uuid4

from robolearn.domain.outline import CourseOutline, OutlinePage, OutlineSection
from robolearn_ingest.loading.placing import place


def _outline(*nodes: OutlinePage | OutlineSection) -> CourseOutline:
    return CourseOutline(key="", title="A course", layout="test", nodes=nodes)


def test_modules_and_pages_share_one_numbering_depth_first() -> None:
    section = OutlineSection("One", (OutlinePage("a.md"), OutlineSection("Deep", (OutlinePage("b.md"),))))
    course = place(_outline(section, OutlinePage("c.md")), ())
    assert [(one.path, one.position) for one in course.modules] == [(("One",), 1), (("One", "Deep"), 3)]
    assert [(one.page.path, one.position) for one in course.pages] == [("a.md", 2), ("b.md", 4), ("c.md", 5)]


def test_a_page_linked_twice_stands_at_its_first_place_only() -> None:
    course = place(
        _outline(OutlinePage("a.md", "First"), OutlineSection("Again", (OutlinePage("a.md", "Second"),))), ()
    )
    assert [one.page.title for one in course.pages] == ["First"]


def test_a_module_without_a_page_of_its_own_is_left_out() -> None:
    empty = OutlineSection("Links only", ())
    course = place(_outline(empty, OutlineSection("Full", (OutlinePage("a.md"),))), ())
    assert [one.path for one in course.modules] == [("Full",)]


def test_pages_outside_the_navigation_come_last_and_are_marked() -> None:
    course = place(_outline(OutlinePage("a.md")), (OutlinePage("extra.md"), OutlinePage("a.md")))
    assert [(one.page.path, one.in_navigation) for one in course.pages] == [
        ("a.md", True),
        ("extra.md", False),
    ]


def test_modules_of_one_title_are_told_apart_and_keep_their_ids() -> None:
    twins = [OutlineSection("Week", (OutlinePage(f"{name}.md"),)) for name in "ab"]
    course_id = uuid4()
    first, second = (place(_outline(*twins), ()).modules for _ in range(2))
    ids = [one.id(course_id) for one in first]
    assert len(set(ids)) == 2
    assert ids == [one.id(course_id) for one in second]


def test_a_module_knows_its_parent() -> None:
    nested = OutlineSection("Outer", (OutlineSection("Inner", (OutlinePage("a.md"),)),))
    outer, inner = (one.record(uuid4()) for one in place(_outline(nested), ()).modules)
    assert outer.parent_id is None
    assert inner.title == "Inner"
    assert inner.parent_id is not None
