"""What every PassageSearch promises: the fake and PostgreSQL's, over the same passages."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.domain.page import Facts
from robolearn.domain.search import PassageView, SearchFilters, Snippet
from robolearn.ports.reading import PassageSearch
from robolearn.settings import DatabaseSettings
from robolearn.storage.passages import SqlPassageSearch
from robolearn.storage.reading_pool import create_reading_pool
from robolearn.testing import FakePassageSearch
from robolearn.testing.rows import LessonRows, insert_course

ANY = SearchFilters()
ODD = [
    "",
    "   ",
    "the and of",
    "'",
    '"drift',
    "drift & | ! : * ( ) <-> \\",
    "a\x00b",
    "\udcff",
    "x" * 10_000,
    "drift " * 10_000,
    "ロボットのドリフト",
    "روبوت",
    "🤖",
    "%s %(name)s :name",
    "<script>alert(1)</script>",
    "\U0010f8f0drift\U0010f8f1",
]


@dataclass
class Shelf:
    search: PassageSearch
    drift: UUID
    map: UUID
    arm: UUID

    def found(self, query: str, filters: SearchFilters = ANY) -> list[UUID]:
        return [one.passage_id for one in self.search.by_words(query, "en", filters, 10)]


TEXTS = ("wheel slip makes drift and drift grows", "a map of the world and drift", "the arm lifts")


def view(course: str, text: str, facts: Facts) -> PassageView:
    return PassageView(
        passage_id=uuid4(),
        lesson_id=uuid4(),
        lesson_title="Lesson",
        course=course,
        course_title=course.capitalize(),
        heading_path=("Lesson",),
        anchor="part-0",
        text=text,
        snippet=Snippet(text),
        source_path="lesson-0.md",
        line_start=1,
        line_end=9,
        in_navigation=True,
        level=facts.level,
        language="en",
        ros_distro=facts.ros_distro,
    )


EASY, HARD = Facts("beginner", ros_distro=("humble", "jazzy")), Facts("advanced", ros_distro=("iron",))


def fake_shelf() -> Shelf:
    views = [view("wheels", TEXTS[0], EASY), view("maps", TEXTS[1], HARD), view("maps", TEXTS[2], HARD)]
    return Shelf(FakePassageSearch(views), *(one.passage_id for one in views))


@pytest.fixture(params=["fake", "sql"])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    if request.param == "fake":
        yield fake_shelf()
        return
    engine = create_reading_pool(DatabaseSettings(url=request.getfixturevalue("database_url")))
    wheels = insert_course(engine, "wheels", [LessonRows("Lesson", TEXTS[:1], facts=EASY)])
    maps = insert_course(engine, "maps", [LessonRows("Lesson", TEXTS[1:], facts=HARD)])
    yield Shelf(SqlPassageSearch(engine), *wheels.passages, *maps.passages)
    engine.dispose()


def test_any_of_the_words_will_do_and_more_of_them_is_better(shelf: Shelf) -> None:
    assert shelf.found("wheel drift") == [shelf.drift, shelf.map]
    assert shelf.found("arm drift nonsense")[:3] and set(shelf.found("arm map")) == {shelf.map, shelf.arm}
    assert shelf.found("nonsense") == []


def test_the_score_stands_in_lexical_too_and_falls(shelf: Shelf) -> None:
    hits = shelf.search.by_words("wheel drift", "en", ANY, 10)
    assert all(one.lexical == one.score > 0 and one.dense is None for one in hits)
    assert hits[0].score > hits[1].score


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (SearchFilters(course=("wheels",)), ["drift"]),
        (SearchFilters(course=("wheels", "maps")), ["drift", "map"]),
        (SearchFilters(level=("advanced",)), ["map"]),
        (SearchFilters(language=("en",)), ["drift", "map"]),
        (SearchFilters(language=("de",)), []),
        (SearchFilters(ros_distro=("jazzy", "iron")), ["drift", "map"]),
        (SearchFilters(ros_distro=("jazzy",), level=("advanced",)), []),
        (SearchFilters(simulator=("gazebo",)), []),
        (SearchFilters(hardware=("lidar",)), []),
    ],
)
def test_each_filter_must_hold_by_any_of_its_values(
    shelf: Shelf, filters: SearchFilters, names: list[str]
) -> None:
    assert shelf.found("wheel drift", filters) == [getattr(shelf, name) for name in names]


def test_pages_by_the_last_row_seen_add_up_to_the_whole(shelf: Shelf) -> None:
    whole = shelf.search.by_words("drift arm", "en", ANY, 10)
    paged, after = [], None
    while page := shelf.search.by_words("drift arm", "en", ANY, 1, after):
        paged += page
        after = page[-1].score, page[-1].passage_id
    assert paged == whole
    assert len(whole) == 3


def test_views_tell_the_place_and_highlight_the_words(shelf: Shelf) -> None:
    views = shelf.search.views([shelf.map, shelf.drift], "drift world", "en")
    assert set(views) == {shelf.map, shelf.drift}
    one = views[shelf.drift]
    assert (one.course, one.course_title, one.lesson_title) == ("wheels", "Wheels", "Lesson")
    assert (one.heading_path, one.anchor, one.text) == (("Lesson",), "part-0", TEXTS[0])
    assert (one.source_path, one.line_start, one.line_end) == ("lesson-0.md", 1, 9)
    assert (one.level, one.language, one.ros_distro) == ("beginner", "en", ("humble", "jazzy"))
    marked = [one.snippet.text[start:end] for start, end in one.snippet.highlights]
    assert marked == ["drift", "drift"]


def test_views_leave_out_what_is_absent(shelf: Shelf) -> None:
    assert set(shelf.search.views([uuid4(), shelf.arm], "arm", "en")) == {shelf.arm}
    assert shelf.search.views([], "arm", "en") == {}


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_no_query_fails(shelf: Shelf, query: str) -> None:
    for language in ("en", "xx", "", "pt-BR"):
        shelf.search.by_words(query, language, ANY, 10)
        shown = shelf.search.views([shelf.drift], query, language)[shelf.drift]
        assert shown.snippet.text == TEXTS[0]


def test_a_database_that_is_down_is_told_as_such() -> None:
    fake = FakePassageSearch()
    fake.down = True
    engine = create_reading_pool(DatabaseSettings(url="postgresql://u:p@127.0.0.1:1/d"))
    for search in (fake, SqlPassageSearch(engine)):
        with pytest.raises(DatabaseUnavailable):
            search.by_words("drift", "en", ANY, 10)
        with pytest.raises(DatabaseUnavailable):
            search.views([uuid4()], "drift", "en")
