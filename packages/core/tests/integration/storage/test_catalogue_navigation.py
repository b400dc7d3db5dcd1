"""Neighbours and breadcrumbs as PostgreSQL works them out."""

from sqlalchemy import Engine, event, text

from robolearn.domain.catalogue import LessonEntry
from robolearn.storage.catalogue import SqlCatalogue
from robolearn.testing.rows import LessonRows, insert_course


def title(entry: LessonEntry | None) -> str | None:
    return entry.title if entry else None


def test_previous_and_next_follow_the_navigation_through_all_modules(engine: Engine) -> None:
    rows = [
        LessonRows("A"),
        LessonRows("B", modules=("One",)),
        LessonRows("Aside", modules=("One",), in_navigation=False),
        LessonRows("C", modules=("One", "Deep")),
        LessonRows("D", modules=("Two",)),
    ]
    course = insert_course(engine, "course", rows)
    insert_course(engine, "other", [LessonRows("Z")])
    catalogue = SqlCatalogue(engine)
    views = [catalogue.lesson(one.id) for one in course.lessons]
    around = {one.title: (title(one.previous), title(one.next)) for one in views}
    assert around == {
        "A": (None, "B"),
        "B": ("A", "C"),
        "Aside": (None, None),
        "C": ("B", "D"),
        "D": ("C", None),
    }
    assert [one.breadcrumbs for one in views] == [(), ("One",), ("One",), ("One", "Deep"), ("Two",)]


def test_the_first_part_answers_for_a_file_that_became_several_lessons(engine: Engine) -> None:
    course = insert_course(engine, "course", [LessonRows("Part one"), LessonRows("Part two")])
    with engine.begin() as connection:
        connection.execute(text("UPDATE lesson SET source_path = 'README.md'"))
    assert SqlCatalogue(engine).lesson_at("course", "README.md") == course.lessons[0].id


def test_a_page_of_courses_begins_after_a_slug_in_byte_order(engine: Engine) -> None:
    for slug in ("b-2", "b", "B", "b2", "é"):
        insert_course(engine, slug, [])
    catalogue = SqlCatalogue(engine)
    assert [one.slug for one in catalogue.courses()] == ["B", "b", "b-2", "b2", "é"]
    assert [one.slug for one in catalogue.courses(after="b", limit=2)] == ["b-2", "b2"]


def test_every_read_asks_the_database_once(engine: Engine) -> None:
    course = insert_course(engine, "course", [LessonRows("A", ("text",), ("One",))])
    catalogue = SqlCatalogue(engine)
    checkouts: list[object] = []
    event.listen(engine, "checkout", lambda *given: checkouts.append(given))
    catalogue.courses()
    catalogue.course("course")
    catalogue.lesson(course.lessons[0].id)
    assert len(checkouts) == 3
