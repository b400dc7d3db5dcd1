"""Answers as bytes, serialised once."""

from fastapi import Response
from pydantic import BaseModel

JSON = "application/json"


def to_json(model: BaseModel) -> bytes:
    """The model as UTF-8 JSON."""
    return model.__pydantic_serializer__.to_json(model)


def fresh(model: BaseModel, status: int = 200) -> Response:
    """An answer that is true only now."""
    return Response(to_json(model), status, {"Cache-Control": "no-store"}, JSON)
