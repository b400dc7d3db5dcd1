"""How PostgreSQL finds and highlights words of robotics lessons."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from robolearn.domain.search import SearchFilters
from robolearn.storage.languages import _CONFIGS
from robolearn.storage.passages import SqlPassageSearch
from robolearn.testing.rows import LessonRows, insert_course

ANY = SearchFilters()


def insert(engine: Engine, *texts: str, language: str = "en") -> list[UUID]:
    rows = [LessonRows("Lesson", texts, language=language)]
    return list(insert_course(engine, f"course-{language}", rows).passages)


def found(engine: Engine, query: str, language: str = "en") -> list[UUID]:
    hits = SqlPassageSearch(engine).by_words(query, language, ANY, 10)
    return [one.passage_id for one in hits]


@pytest.mark.parametrize(
    ("content", "query"),
    [
        ("robots are drifting", "why does my robot drift?"),
        ('<joint name="wheel" type="continuous"/>', "joint continuous"),
        ("std::vector<geometry> poses", "geometry"),
        ("publish on /cmd_vel", "cmd_vel"),
        ("publish on cmd_vel", "/cmd_vel topic"),
        ("camera and/or lidar", "lidar"),
        ("see http://docs.ros.org/humble/tf2.html", "tf2.html"),
        ("ros2_control starts", "ros2_control"),
        ("a state-of-the-art planner", "state-of-the-art"),
        ("rock'n'roll", "rock'n'roll"),
        ("open src\\main", "main"),
    ],
)
def test_words_are_found_as_people_write_them(engine: Engine, content: str, query: str) -> None:
    [passage_id] = insert(engine, content)
    assert found(engine, query) == [passage_id]


def test_each_language_is_stemmed_by_its_own_rules(engine: Engine) -> None:
    [german] = insert(engine, "Die Räder rutschen", language="de")
    [chinese] = insert(engine, "SLAM 机器人 定位", language="zh")
    assert found(engine, "rutsche", "de") == [german]
    assert found(engine, "机器人", "zh") == [chinese]


def test_every_configuration_is_one_that_the_server_has(engine: Engine) -> None:
    with engine.connect() as connection:
        known = set(connection.scalars(text("SELECT cfgname FROM pg_ts_config")))
    assert {*_CONFIGS.values(), "simple"} <= known


def test_headings_are_searched_like_the_text_under_them(engine: Engine) -> None:
    rows = [LessonRows("Poses", ("drift of wheels",)), LessonRows("Drift", ("slip of wheels",))]
    course = insert_course(engine, "course", rows)
    hits = SqlPassageSearch(engine).by_words("drift", "en", ANY, 10)
    assert {one.passage_id for one in hits} == set(course.passages)
    assert hits[0].score == hits[1].score


def test_equal_scores_are_paged_by_id_without_gap_or_repeat(engine: Engine) -> None:
    ids = insert(engine, *["the same drift"] * 25)
    search = SqlPassageSearch(engine)
    paged: list[UUID] = []
    after = None
    while page := search.by_words("drift", "en", ANY, 4, after):
        paged += [one.passage_id for one in page]
        after = page[-1].score, page[-1].passage_id
    assert paged == sorted(ids)


def test_what_looks_like_a_tag_stays_in_the_snippet(engine: Engine) -> None:
    [passage_id] = insert(engine, "#include <vector> // see http://a.b/c?d=1 and well-known <b>drift</b>")
    snippet = SqlPassageSearch(engine).views([passage_id], "vector drift known", "en")[passage_id].snippet
    assert snippet.text == "#include <vector> // see http://a.b/c?d=1 and well-known <b>drift</b>"
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["vector", "known", "drift"]


content = st.one_of(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=200),
    st.text(
        st.sampled_from(list("abc drift<>/\\&|-_.:'\"@?=%1 \n\t\U0010f8f0\U0010f8f1éß語🤖")), max_size=200
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=content, query=content)
def test_highlights_are_offsets_into_the_text_whatever_it_holds(
    engine: Engine, content: str, query: str
) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM source"))
    [passage_id] = insert(engine, f"{content} drift {query}")
    view = SqlPassageSearch(engine).views([passage_id], f"drift {query}", "en")[passage_id]
    words = [view.snippet.text[start:end] for start, end in view.snippet.highlights]
    assert view.snippet.text.removeprefix("… ").removesuffix(" …") in view.text
    assert words
    assert all(word and START_STOP.isdisjoint(word) for word in words)
    found(engine, query)


START_STOP = {"\U0010f8f0", "\U0010f8f1"}
