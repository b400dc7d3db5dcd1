"""What the engine's errors mean to a person."""

import json
import pickle
import sqlite3
from pathlib import Path

import httpx
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException, UnexpectedResponse

from robolearn.domain.errors import IndexUnavailable

SERVER_ERRORS = (ApiException, QdrantException)
LOCAL_ERRORS = (RuntimeError, OSError, sqlite3.Error, json.JSONDecodeError, pickle.UnpicklingError)


class CollectionAbsent(IndexUnavailable):
    """The profile has no collection: nothing was indexed yet, or the engine was wiped."""

    def __init__(self) -> None:
        super().__init__(
            "The vector index has no collection for this embedding profile yet.",
            "The worker creates it with its next sweep: check that the worker runs.",
        )


def server_failure(error: Exception, url: str) -> IndexUnavailable:
    """What went wrong between here and the server at `url`."""
    server = f"Qdrant at QDRANT_URL ({url})"
    if isinstance(error, UnexpectedResponse):
        return _refusal(error, server)
    source = error.source if isinstance(error, ResponseHandlingException) else error
    if isinstance(source, httpx.TimeoutException):
        return IndexUnavailable(
            f"{server} did not answer in time.", "Check its load, or raise QDRANT_TIMEOUT_SECONDS."
        )
    return IndexUnavailable(
        f"{server} cannot be reached: {str(source) or type(source).__name__}.",
        "Check QDRANT_URL and that the server runs.",
    )


def _refusal(error: UnexpectedResponse, server: str) -> IndexUnavailable:
    if error.status_code == httpx.codes.NOT_FOUND:
        return CollectionAbsent()
    if error.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return IndexUnavailable(
            f"{server} refuses access (status {error.status_code}).", "Check QDRANT_API_KEY."
        )
    said = error.content[:200].decode("utf-8", "replace").strip()
    return IndexUnavailable(
        f"{server} answered with status {error.status_code}: {said}.", "Look into the server's log."
    )


def local_failure(error: Exception, path: Path) -> IndexUnavailable:
    """What went wrong in the client's own engine, which keeps its files in `path`."""
    return IndexUnavailable(
        f"The vector index at QDRANT_PATH ({path}) cannot be used: {error}.",
        "Check the folder's permissions and the space on its disk. If its files are damaged, delete it while "
        "nothing runs: it is rebuilt from the database, and nothing is embedded again.",
    )


def path_in_use(path: Path) -> IndexUnavailable:
    """A second process asked for the folder of a local engine."""
    return IndexUnavailable(
        f"The vector index at QDRANT_PATH ({path}) is in use by another process.",
        "Stop that process, or run a Qdrant server and set QDRANT_URL: its clients can be many.",
    )


def tells_absence(error: ValueError) -> bool:
    """Whether the local engine means that a collection does not exist: it has no error class of its own."""
    return str(error).startswith("Collection ") and str(error).endswith(" not found")
