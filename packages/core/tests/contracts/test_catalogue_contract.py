"""What every Catalogue promises: the fake and PostgreSQL's, over the same two courses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from robolearn.domain.catalogue import (
    CourseSummary,
    CourseTree,
    LessonEntry,
    LessonView,
    ModuleNode,
    PassageEntry,
)
from robolearn.domain.errors import DatabaseUnavailable, NotFound
from robolearn.domain.page import Facts, Heading
from robolearn.ports.reading import Catalogue
from robolearn.settings import DatabaseSettings
from robolearn.storage.catalogue import SqlCatalogue
from robolearn.storage.reading_pool import create_reading_pool
from robolearn.testing import FakeCatalogue
from robolearn.testing.rows import InsertedCourse, LessonRows, insert_course

THEN = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
HEADINGS = (Heading(1, "Drift", "drift", 1), Heading(2, "Why", "why", 4))
FACTS = Facts("beginner", 20, ("know drift",), ("maths",), ("humble", "jazzy"), ("gazebo",), ("lidar",), "de")
LESSONS = (
    LessonRows("Welcome"),
    LessonRows(
        "Drift",
        ("Wheels slip.", "So it drifts."),
        ("Motion", "Odometry"),
        FACTS,
        language="de",
        body="# Drift",
        html="<h1>Drift</h1>",
        headings=HEADINGS,
    ),
    LessonRows("Maps", modules=("Motion", "Odometry"), facts=Facts(level="advanced", minutes=5)),
    LessonRows("Filters", modules=("Motion",), facts=Facts(ros_distro=("humble",))),
    LessonRows("Appendix", in_navigation=False),
    LessonRows("Farewell"),
)


@dataclass
class Shelf:
    """A catalogue with the course `robots` and the empty course `arms`, and the ids of what robots has."""

    catalogue: Catalogue
    lessons: list[UUID]
    passages: list[UUID]

    def entry(self, number: int) -> LessonEntry:
        lesson = LESSONS[number]
        facts = lesson.facts
        path = f"lesson-{number}.md"
        return LessonEntry(
            self.lessons[number], lesson.title, path, lesson.in_navigation, facts.level, facts.minutes
        )

    def robots(self, course_id: UUID) -> CourseTree:
        odometry = ModuleNode("Odometry", (self.entry(1), self.entry(2)))
        children = (self.entry(0), ModuleNode("Motion", (odometry, self.entry(3))), self.entry(5))
        levels, distros = ("advanced", "beginner"), ("humble", "jazzy")
        summary = CourseSummary(
            course_id, "robots", "Robots", "All", "en", "folder", 6, 25, THEN, levels, distros
        )
        return CourseTree(summary, "/courses/robots", "abc123", children, (self.entry(4),))

    def drift(self, updated_at: datetime) -> LessonView:
        texts = [("Wheels slip.", "part-0", 1, 9), ("So it drifts.", "part-1", 11, 19)]
        return LessonView(
            id=self.lessons[1],
            title="Drift",
            description=None,
            course="robots",
            course_title="Robots",
            breadcrumbs=("Motion", "Odometry"),
            source_path="lesson-1.md",
            in_navigation=True,
            body="# Drift",
            html="<h1>Drift</h1>",
            headings=HEADINGS,
            facts=FACTS,
            passages=tuple(
                PassageEntry(passage_id, ("Drift",), anchor, start, end, text)
                for passage_id, (text, anchor, start, end) in zip(self.passages, texts, strict=True)
            ),
            previous=self.entry(0),
            next=self.entry(2),
            updated_at=updated_at,
        )


def fake_shelf() -> Shelf:
    catalogue = FakeCatalogue()
    shelf = Shelf(catalogue, [uuid4() for _ in LESSONS], [uuid4(), uuid4()])
    arms = CourseSummary(uuid4(), "arms", "Arms", None, "en", "folder", 0, None, THEN)
    catalogue.trees["arms"] = CourseTree(arms, "/courses/arms", "abc123", (), ())
    catalogue.trees["robots"] = shelf.robots(uuid4())
    catalogue.views[shelf.lessons[1]] = shelf.drift(THEN)
    return shelf


def sql_shelf(catalogue: SqlCatalogue, course: InsertedCourse) -> Shelf:
    return Shelf(catalogue, [one.id for one in course.lessons], list(course.passages))


@pytest.fixture(params=["fake", "sql"])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    if request.param == "fake":
        yield fake_shelf()
        return
    engine = create_reading_pool(DatabaseSettings(url=request.getfixturevalue("database_url")))
    course = insert_course(engine, "robots", LESSONS, description="All", updated_at=THEN)
    insert_course(engine, "arms", [], updated_at=THEN)
    yield sql_shelf(SqlCatalogue(engine), course)
    engine.dispose()


def test_courses_come_by_slug_with_what_their_lessons_add_up_to(shelf: Shelf) -> None:
    arms, robots = shelf.catalogue.courses()
    assert (arms.slug, arms.lessons, arms.minutes, arms.levels, arms.ros_distros) == ("arms", 0, None, (), ())
    assert robots == shelf.robots(robots.id).summary


def test_courses_come_in_keyset_pages(shelf: Shelf) -> None:
    assert [one.slug for one in shelf.catalogue.courses(limit=1)] == ["arms"]
    assert [one.slug for one in shelf.catalogue.courses(after="arms")] == ["robots"]
    assert shelf.catalogue.courses(after="robots") == []


def test_a_course_is_a_tree_in_the_authors_order_with_extras_apart(shelf: Shelf) -> None:
    tree = shelf.catalogue.course("robots")
    assert tree == shelf.robots(tree.summary.id)


def test_a_course_without_lessons_is_an_empty_tree(shelf: Shelf) -> None:
    tree = shelf.catalogue.course("arms")
    assert (tree.summary.lessons, tree.summary.minutes, tree.children, tree.extra) == (0, None, (), ())


def test_a_lesson_comes_with_all_that_is_shown_of_it(shelf: Shelf) -> None:
    view = shelf.catalogue.lesson(shelf.lessons[1])
    assert view == shelf.drift(view.updated_at)


def test_a_lesson_is_found_by_its_file(shelf: Shelf) -> None:
    assert shelf.catalogue.lesson_at("robots", "lesson-1.md") == shelf.lessons[1]


def test_what_does_not_exist_is_told_by_name(shelf: Shelf) -> None:
    with pytest.raises(NotFound, match="'nothing'"):
        shelf.catalogue.course("nothing")
    unknown = uuid4()
    with pytest.raises(NotFound, match=str(unknown)):
        shelf.catalogue.lesson(unknown)
    with pytest.raises(NotFound, match=r"absent\.md"):
        shelf.catalogue.lesson_at("robots", "absent.md")
    with pytest.raises(NotFound, match="arms"):
        shelf.catalogue.lesson_at("arms", "lesson-1.md")


@pytest.mark.parametrize("odd", ["\x00", "a\x00b", "\udcff", "'; --", "%", "x" * 10_000])
def test_odd_names_are_not_found_rather_than_fatal(shelf: Shelf, odd: str) -> None:
    with pytest.raises(NotFound):
        shelf.catalogue.course(odd)
    with pytest.raises(NotFound):
        shelf.catalogue.lesson_at(odd, odd)
    assert isinstance(shelf.catalogue.courses(after=odd), list)


def test_a_database_that_is_down_is_told_as_such() -> None:
    fake = FakeCatalogue()
    fake.down = True
    engine = create_reading_pool(DatabaseSettings(url="postgresql://u:p@127.0.0.1:1/d"))
    for catalogue in (fake, SqlCatalogue(engine)):
        with pytest.raises(DatabaseUnavailable):
            catalogue.courses()
