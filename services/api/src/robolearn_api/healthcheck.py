"""Asking the server of this container whether it is well; by the standard library alone, since often."""

import json
import os
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from robolearn.domain.errors import RobolearnError, SettingsError

# Longer than a search waits for its index; Docker's own limit should be a little longer still.
TIMEOUT_SECONDS = 8.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask, not where to listen


class Unwell(RobolearnError):
    """The server does not answer, or says that it cannot serve. Docker's exit code for that is 1."""


def healthcheck() -> None:
    """Ask /health, where only a database that is away is a failure. Raises Unwell or SettingsError."""
    host, port = _address()
    try:
        status, body = _get(host, port, "/health")
    except (OSError, HTTPException) as error:
        reason = str(error) or type(error).__name__
        raise Unwell(f"The api does not answer at {host}:{port}: {reason}.") from None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Unwell(f"The api answers with status {status}: {_reasons(body)}")


def _address() -> tuple[str, int]:
    host = os.environ.get("API_HOST") or "127.0.0.1"
    port = os.environ.get("API_PORT") or "8000"
    if not port.isdecimal():
        raise SettingsError(f"API_PORT is wrong: {port!r} is no number.")
    return _ANY.get(host, host), int(port)


def _get(host: str, port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _reasons(body: bytes) -> str:
    """What the api says is down."""
    try:
        states = json.loads(body)["dependencies"]
        told = [f"{name}: {one['reason']}" for name, one in states.items() if one["state"] == "down"]
    except (ValueError, LookupError, TypeError):
        told = []
    return " ".join(told) or "it gives no reason."
