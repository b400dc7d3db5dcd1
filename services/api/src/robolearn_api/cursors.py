"""Cursors of keyset pages: opaque to clients, checked when they come back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Generic, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter

T = TypeVar("T")


class Cursor(Generic[T]):
    """A codec for the last key of a page."""

    def __init__(self, kind: TypeAdapter[T]) -> None:
        self._kind = kind

    def encode(self, key: T) -> str:
        """URL-safe text."""
        return urlsafe_b64encode(self._kind.dump_json(key)).decode().rstrip("=")

    def decode(self, text: str | None) -> T | None:
        """The key, or None for no cursor. Raises RequestValidationError for anything we did not encode."""
        if text is None:
            return None
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            return self._kind.validate_json(urlsafe_b64decode(padded))
        except ValueError:
            raise refused("cursor", text, "This is no cursor of ours: leave it out to begin anew.") from None


def refused(name: str, value: object, reason: str) -> RequestValidationError:
    """The error for a query parameter that can only be judged together with others."""
    return RequestValidationError(
        [{"type": "value_error", "loc": ("query", name), "msg": reason, "input": value}]
    )
