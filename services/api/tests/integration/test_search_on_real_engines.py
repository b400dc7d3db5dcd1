"""The api on a real PostgreSQL and on Qdrant's own engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from robolearn import bootstrap
from robolearn.domain.page import Facts, embedding_text
from robolearn.domain.work import PassagePayload
from robolearn.ports.index import Point
from robolearn.settings import DatabaseSettings, QdrantSettings
from robolearn.storage.schema import require_revision
from robolearn.testing import FakeEmbedder
from robolearn.testing.rows import InsertedCourse, LessonRows, insert_course
from robolearn_api.adapters import Adapters
from robolearn_api.app import create_app
from robolearn_api.settings import ApiSettings, ServeSettings

SEARCH = "/api/v1/search"
LESSONS = (
    LessonRows(
        "Why odometry drifts",
        ("The robot drifts because its wheels slip on the floor.", "Errors of every turn add up."),
        ("Localization",),
        Facts(level="beginner", ros_distro=("humble", "jazzy")),
        html='<p><a href="source:docs/2.md">next</a></p>',
    ),
    LessonRows("Grippers", ("A gripper closes its two fingers.",), facts=Facts(level="advanced")),
)


@dataclass
class Stack:
    """An api, what it stands on, and the course in it."""

    client: TestClient
    adapters: Adapters
    course: InsertedCourse

    def ask(self, **parameters: Any) -> dict[str, Any]:
        answer = self.client.get(SEARCH, params=parameters)
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        return document


@contextmanager
def _stack(database_url: str, folder: Path) -> Iterator[tuple[TestClient, Adapters, Engine]]:
    database = DatabaseSettings.model_validate({"url": database_url})
    engine = bootstrap.pool(database)
    index = bootstrap.vector_index(QdrantSettings(path=folder))
    adapters = Adapters(
        catalogue=bootstrap.catalogue(engine),
        passages=bootstrap.passage_search(engine),
        index=index,
        embedder=FakeEmbedder(),
        sparse=bootstrap.sparse_encoder(),
        ledger=bootstrap.ledger(engine),
        check_database=partial(require_revision, engine),
        closers=(index.close, engine.dispose),
    )
    app = create_app(ApiSettings(database=database, api=ServeSettings(search_timeout_seconds=30)), adapters)
    with TestClient(app) as client:
        yield client, adapters, engine
    adapters.close()


@pytest.fixture
def stack(database_url: str, tmp_path: Path) -> Iterator[Stack]:
    with _stack(database_url, tmp_path) as (client, adapters, engine):
        yield Stack(client, adapters, insert_course(engine, "navigation", LESSONS))


@pytest.fixture
def indexed(stack: Stack) -> Stack:
    profile, index = stack.adapters.embedder.profile, stack.adapters.index
    index.ensure(profile)
    index.promote(profile)
    index.upsert(profile, list(_points(stack)))
    return stack


def _points(stack: Stack) -> Iterator[Point]:
    for rows, lesson in zip(LESSONS, stack.course.lessons, strict=True):
        payload = PassagePayload(
            "navigation", lesson.id, rows.facts.level, "en", rows.facts.ros_distro, (), ()
        )
        for text, passage_id in zip(rows.texts, lesson.passages, strict=True):
            whole = embedding_text((rows.title,), text)
            (sparse,) = stack.adapters.sparse.encode([whole], "en")
            yield Point(passage_id, stack.adapters.embedder.embed([whole])[0], sparse, payload)


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "lexical"])
def test_the_right_passage_comes_first(indexed: Stack, mode: str) -> None:
    answer = indexed.ask(q="robot wheels slip", mode=mode)
    first = answer["hits"][0]
    assert answer["degraded"] is None
    assert first["passage_id"] == str(indexed.course.lessons[0].passages[0])
    assert first["lesson"]["ros_distro"] == ["humble", "jazzy"]
    text = first["snippet"]["text"]
    assert {text[start:end] for start, end in first["snippet"]["highlights"]} >= {"wheels", "slip"}


def test_filters_reach_both_engines(indexed: Stack) -> None:
    for mode in ("hybrid", "lexical"):
        assert indexed.ask(q="robot fingers", mode=mode, level="advanced")["hits"][0]["lesson"]["title"] == (
            "Grippers"
        )
        assert indexed.ask(q="robot", mode=mode, ros_distro="foxy")["hits"] == []


def test_invariant_8_search_answers_by_words_before_anything_is_indexed(stack: Stack) -> None:
    answer = stack.ask(q="robot wheels slip")
    assert answer["hits"][0]["passage_id"] == str(stack.course.lessons[0].passages[0])
    assert answer["degraded"]


def test_pages_of_words_hold_each_passage_once(stack: Stack) -> None:
    query = {"q": "robot errors gripper turn wheels", "mode": "lexical"}
    whole = [hit["passage_id"] for hit in stack.ask(**query)["hits"]]
    first = stack.ask(**query, limit=2)
    second = stack.ask(**query, limit=2, cursor=first["next_cursor"])
    assert [hit["passage_id"] for hit in first["hits"] + second["hits"]] == whole
    assert len(whole) == 3
    assert second["next_cursor"] is None


def test_the_catalogue_is_read(indexed: Stack) -> None:
    courses = indexed.client.get("/api/v1/courses").json()
    assert [one["slug"] for one in courses["items"]] == ["navigation"]
    tree = indexed.client.get("/api/v1/courses/navigation").json()
    assert [one["title"] for one in tree["children"]] == ["Localization", "Grippers"]
    lesson = indexed.client.get(f"/api/v1/lessons/{indexed.course.lessons[0].id}").json()
    assert lesson["breadcrumbs"] == ["Localization"]
    assert lesson["next"]["title"] == "Grippers"
    assert 'href="/courses/navigation/source/docs/2.md"' in lesson["html"]


def test_the_index_is_compared_with_the_database(indexed: Stack) -> None:
    status = indexed.client.get("/api/v1/index/status").json()
    assert (status["passages"], status["pending"], status["embedded"]) == (3, 3, 0)
    assert (status["points"], status["orphans"], status["agree"]) == (3, 3, False)


def test_health_sees_all_of_it(indexed: Stack) -> None:
    assert indexed.client.get("/health").json()["status"] == "ok"
    assert indexed.client.get("/readyz").status_code == 200


def test_without_a_schema_it_is_not_ready(empty_database: str, tmp_path: Path) -> None:
    with _stack(empty_database, tmp_path) as (client, _, _):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "robolearn migrate" in answer.json()["reason"]


VALUES = st.one_of(
    st.text(max_size=30), st.sampled_from(["robot", "en", "de", "xx", "'", "a & b | !c", "\\"])
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=VALUES, language=VALUES, mode=st.sampled_from(["hybrid", "semantic", "lexical"]))
def test_invariant_8_no_question_is_a_server_error_on_real_engines(
    indexed: Stack, query: str, language: str, mode: str
) -> None:
    parameters = {"q": query, "language": language, "mode": mode}
    answer = indexed.client.get(SEARCH, params=parameters)
    assert answer.status_code in {200, 422}, answer.text
    assert answer.status_code == 422 or answer.json()["degraded"] is None or answer.json()["hits"]
