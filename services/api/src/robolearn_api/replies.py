"""Answers as bytes, serialised once."""

from hashlib import blake2b

from fastapi import Response
from pydantic import BaseModel

JSON = "application/json"


def cached(model: BaseModel) -> Response:
    """An answer that clients may keep, and check with its ETag before they use it again."""
    body = model.__pydantic_serializer__.to_json(model)
    tag = blake2b(body, digest_size=12).hexdigest()
    return Response(body, 200, {"ETag": f'"{tag}"', "Cache-Control": "no-cache"}, JSON)


def fresh(model: BaseModel, status: int = 200) -> Response:
    """An answer that is true only now."""
    return Response(model.__pydantic_serializer__.to_json(model), status, {"Cache-Control": "no-store"}, JSON)
