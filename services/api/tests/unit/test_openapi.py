"""The description of the interface is good enough to generate a client from."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

PROBLEM = {"$ref": "#/components/schemas/Problem"}


@pytest.fixture
def document(api: TestClient) -> dict[str, Any]:
    answer = api.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    described: dict[str, Any] = answer.json()
    return described


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for operation in item.values():
            yield path, operation


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(found := value.get("$ref"), str):
            yield found
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_operation_ids_are_stable(document: dict[str, Any]) -> None:
    assert {path: operation["operationId"] for path, operation in operations(document)} == {
        "/api/v1/courses": "list_courses",
        "/api/v1/courses/{slug}": "read_course",
        "/api/v1/lessons/{lesson_id}": "read_lesson",
        "/api/v1/search": "search",
        "/api/v1/index/status": "read_index_status",
        "/livez": "read_liveness",
        "/readyz": "read_readiness",
        "/health": "read_health",
        "/metrics": "read_metrics",
        "/version": "read_version",
    }


def test_every_operation_is_described_and_tagged(document: dict[str, Any]) -> None:
    known = {tag["name"] for tag in document["tags"]}
    for path, operation in operations(document):
        assert operation["description"], path
        assert set(operation["tags"]) <= known, path


def test_errors_are_documented_as_problem_documents(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        assert "500" in operation["responses"], path
        if path.startswith("/api/"):
            assert "503" in operation["responses"], path
        if operation.get("parameters"):
            assert "422" in operation["responses"], path
        for status, response in operation["responses"].items():
            if int(status) >= 400 and path.startswith("/api/"):
                assert response["content"] == {"application/problem+json": {"schema": PROBLEM}}, path


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for reference in set(references(document)):
        assert reference.removeprefix("#/components/schemas/") in schemas


def test_nothing_of_the_framework_is_left_over(document: dict[str, Any]) -> None:
    assert not {"HTTPValidationError", "ValidationError"} & document["components"]["schemas"].keys()


def test_filters_may_be_repeated(document: dict[str, Any]) -> None:
    parameters = document["paths"]["/api/v1/search"]["get"]["parameters"]
    kinds = {one["name"]: one["schema"].get("type") for one in parameters}
    for name in ("course", "level", "language", "ros_distro", "simulator", "hardware"):
        assert kinds[name] == "array"
    assert kinds["q"] == "string"
