"""The description of the HTTP interface, clean enough to generate a client from."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema

from robolearn_api.models.problem import InvalidValue, Problem
from robolearn_api.problems import MEDIA_TYPE

PATH = "/api/v1/openapi.json"
_REF = "#/components/schemas/{model}"

Responses = dict[int | str, dict[str, Any]]

UNCHANGED: Responses = {304: {"description": "The answer is still the one that If-None-Match names."}}


def problems(*statuses: int) -> Responses:
    """The documentation of these errors, all of one shape."""
    schema = {"$ref": _REF.format(model="Problem")}
    known = {
        404: "There is no such thing.",
        422: "A value was refused; `errors` says which and why.",
        503: "Something the service stands on does not answer; `Retry-After` says when to try again.",
        500: "A mistake of ours.",
    }
    return {
        status: {"description": known[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def operation_id(route: APIRoute) -> str:
    """The handler's name: stable when paths move."""
    return route.name


def describe(app: FastAPI) -> None:
    """Have the app describe itself with the problem documents it answers with."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    _, extra = models_json_schema(
        [(Problem, "serialization"), (InvalidValue, "serialization")], ref_template=_REF
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.update(extra["$defs"])
    return made
