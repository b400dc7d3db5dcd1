"""Answers in the shape that Qdrant gives them."""

import json
from typing import Any

from engine import Taken
from pydantic import ValidationError
from qdrant_client.http.models import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response


def plain(value: Any) -> Any:
    """Models as what JSON can tell."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def ok(result: Any) -> JSONResponse:
    """The answer to a request that was done."""
    return JSONResponse({"result": plain(result), "status": "ok", "time": 0.0})


def refused(status: int, reason: str) -> JSONResponse:
    """The answer to a request that was not."""
    return JSONResponse({"status": {"error": reason}, "time": 0.0}, status)


async def on_value_error(request: Request, error: Exception) -> Response:
    """What the engine tells as a ValueError, by the status that a server gives it."""
    said = str(error)
    if isinstance(error, Taken):
        return refused(409, said)
    if isinstance(error, ValidationError | json.JSONDecodeError):
        return refused(400, f"Format error in JSON body: {said}")
    if said.startswith("Collection ") and said.endswith(" not found"):
        name = said.removeprefix("Collection ").removesuffix(" not found")
        return refused(404, f"Not found: Collection `{name}` doesn't exist!")
    return refused(400, f"Wrong input: {said}")


async def on_absence(request: Request, error: Exception) -> Response:
    """A file that is not there."""
    return refused(404, f"Not found: {error}")


HANDLERS = {ValueError: on_value_error, FileNotFoundError: on_absence}
