"""Courses and lessons over HTTP, on fakes."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from robolearn.domain.catalogue import (
    CourseSummary,
    CourseTree,
    LessonEntry,
    LessonView,
    ModuleNode,
    PassageEntry,
)
from robolearn.domain.page import Facts, Heading

WHEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
FIRST = LessonEntry(UUID(int=1), "Frames", "docs/frames.md", True, "beginner", 10)
SECOND = LessonEntry(UUID(int=2), "Drift", "docs/drift.md", True, None, None)
LOST = LessonEntry(UUID(int=3), "Lost", "docs/lost.md", False, None, None)
COURSES = "/api/v1/courses"


def course(slug: str) -> CourseTree:
    summary = CourseSummary(
        UUID(int=len(slug)),
        slug,
        slug.upper(),
        None,
        "en",
        "mkdocs",
        3,
        None,
        WHEN,
        ("beginner",),
        ("jazzy",),
    )
    part = ModuleNode("Part", (ModuleNode("Inner", (SECOND,)), FIRST))
    return CourseTree(summary, "https://example.org/x.git", None, (part,), (LOST,))


@pytest.fixture(autouse=True)
def shelf_of_courses(world: Any) -> None:
    lesson = LessonView(
        id=SECOND.id,
        title=SECOND.title,
        description=None,
        course="a b",
        course_title="A",
        breadcrumbs=("Part", "Inner"),
        source_path=SECOND.source_path,
        in_navigation=True,
        body="# Drift",
        html='<h1 id="drift">Drift</h1><p><a href="source:docs/frames.md#f">Frames</a></p>',
        headings=(Heading(1, "Drift", "drift", 1),),
        facts=Facts(level="beginner", objectives=("Say why",)),
        passages=(PassageEntry(UUID(int=7), ("Drift",), "drift", 1, 3, "It drifts."),),
        previous=FIRST,
        next=None,
        updated_at=WHEN,
    )
    world.catalogue.trees = {slug: course(slug) for slug in ("alpha", "beta", "gamma")}
    world.catalogue.views = {lesson.id: lesson}


def test_courses_come_in_pages(api: TestClient) -> None:
    found: list[str] = []
    parameters: dict[str, Any] = {"limit": 2}
    while True:
        page = api.get(COURSES, params=parameters).json()
        found += [one["slug"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        parameters["cursor"] = page["next_cursor"]
    assert found == ["alpha", "beta", "gamma"]


def test_a_full_last_page_has_no_next(api: TestClient) -> None:
    assert api.get(COURSES, params={"limit": 3}).json()["next_cursor"] is None


@pytest.mark.parametrize("parameters", [{"limit": 0}, {"limit": 101}, {"cursor": "?"}, {"cursor": "e30"}])
def test_a_page_that_cannot_be_is_refused(api: TestClient, parameters: dict[str, Any]) -> None:
    assert api.get(COURSES, params=parameters).status_code == 422


def test_a_course_is_told_in_the_authors_order(api: TestClient) -> None:
    told = api.get(f"{COURSES}/alpha").json()
    (part,) = told["children"]
    assert (part["kind"], part["title"]) == ("module", "Part")
    inner, first = part["children"]
    assert (inner["kind"], inner["children"][0]["title"]) == ("module", "Drift")
    assert (first["kind"], first["title"]) == ("lesson", "Frames")
    assert [one["title"] for one in told["extra"]] == ["Lost"]
    assert told["summary"]["ros_distros"] == ["jazzy"]


def test_a_lesson_has_all_that_is_shown_of_it(api: TestClient) -> None:
    told = api.get(f"/api/v1/lessons/{SECOND.id}").json()
    assert told["body"] == "# Drift"
    assert told["breadcrumbs"] == ["Part", "Inner"]
    assert told["headings"] == [{"level": 1, "text": "Drift", "anchor": "drift", "line": 1}]
    assert told["passages"][0]["anchor"] == "drift"
    assert told["facts"]["objectives"] == ["Say why"]
    assert told["previous"]["id"] == str(FIRST.id)
    assert told["next"] is None


def test_links_to_files_of_the_source_lead_to_their_lessons(api: TestClient) -> None:
    html = api.get(f"/api/v1/lessons/{SECOND.id}").json()["html"]
    assert 'href="/courses/a%20b/source/docs/frames.md#f"' in html


@pytest.mark.parametrize("path", [f"{COURSES}/none", f"/api/v1/lessons/{UUID(int=99)}"])
def test_what_does_not_exist_is_a_problem(api: TestClient, path: str) -> None:
    answer = api.get(path)
    assert answer.status_code == answer.json()["status"] == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "name"), [(f"{COURSES}/%00", "slug"), ("/api/v1/lessons/7", "lesson_id")])
def test_an_address_that_cannot_be_is_refused(api: TestClient, path: str, name: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 422
    assert (answer.json()["errors"][0]["place"], answer.json()["errors"][0]["name"]) == ("path", name)


@pytest.mark.parametrize("path", [COURSES, f"{COURSES}/alpha", f"/api/v1/lessons/{SECOND.id}"])
def test_reads_carry_a_tag_and_are_not_sent_twice(api: TestClient, path: str) -> None:
    first = api.get(path)
    again = api.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"


def test_without_the_database_reads_say_when_to_try_again(api: TestClient, world: Any) -> None:
    world.catalogue.down = True
    answer = api.get(COURSES)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_fault_is_a_page_for_a_person(api: TestClient, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object) -> None:
        raise ZeroDivisionError("secret of the house")

    monkeypatch.setattr(world.catalogue, "courses", explode)
    answer = api.get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Content-Security-Policy"]
    assert "secret" not in answer.text
