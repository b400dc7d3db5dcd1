"""Errors: a page for people, a problem document for programs, the same status and request id."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from robolearn.testing import FakeCatalogue

PROGRAM = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/courses/unknown", 404),
        (f"/lessons/{uuid4()}", 404),
        ("/lessons/no-uuid", 422),
        ("/courses/navigation/source/docs/gone.md", 404),
        ("/search?q=" + "x" * 501, 422),
        ("/search?q=%00", 422),
        ("/?after=%00", 422),
        ("/courses/%00", 422),
    ],
)
def test_browsers_get_a_page_with_the_request_id(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"Request id: {answer.headers['x-request-id']}" in answer.text


def test_programs_get_the_problem_document(client: TestClient) -> None:
    answer = client.get("/courses/unknown", headers=PROGRAM)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "There is no course 'unknown'."


def test_the_api_never_answers_with_a_page(client: TestClient) -> None:
    assert client.get("/api/v1/courses/unknown").headers["content-type"] == "application/problem+json"


def test_an_error_page_escapes_the_detail(client: TestClient) -> None:
    answer = client.get("/courses/%3Cb%3E")
    assert "<b>" not in answer.text
    assert "&lt;b&gt;" in answer.text


def test_a_missing_database_is_told_without_its_name(client: TestClient, catalogue: FakeCatalogue) -> None:
    catalogue.down = True
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "We cannot answer right now" in answer.text
    assert "PostgreSQL" not in answer.text


def test_a_fault_of_ours_is_a_page_too(client: TestClient, catalogue: FakeCatalogue) -> None:
    del catalogue.trees
    with capture_logs():
        answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert answer.headers["x-request-id"] in answer.text


def test_head_of_a_missing_page_has_the_status_and_no_body(client: TestClient) -> None:
    answer = client.head("/nowhere")
    assert (answer.status_code, answer.content) == (404, b"")
