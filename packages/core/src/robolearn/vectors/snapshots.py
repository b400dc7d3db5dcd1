"""Whole collections of a Qdrant server as files.

Spoken without the client library, which holds a whole snapshot in memory and has no way to fetch one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from robolearn.domain.errors import IndexUnavailable, SettingsError
from robolearn.settings import QdrantSettings
from robolearn.vectors.failures import server_failure

OURS = "passages-"

# The server answers once a snapshot is written or read, which takes as long as its disk needs.
_PATIENCE_SECONDS = 1800.0


class QdrantSnapshots:
    """A VectorSnapshots on a server. Raises SettingsError without one: the local engine has none."""

    def __init__(self, settings: QdrantSettings) -> None:
        if settings.url is None:
            raise SettingsError(
                "Backups need a Qdrant server, and QDRANT_URL is not set.",
                "Set QDRANT_URL; of the engine at QDRANT_PATH, copy the folder while nothing runs.",
            )
        self._url = settings.url
        key = {"api-key": settings.api_key.get_secret_value()} if settings.api_key else {}
        timeout = httpx.Timeout(settings.timeout_seconds, read=_PATIENCE_SECONDS, write=_PATIENCE_SECONDS)
        self._http = httpx.Client(base_url=settings.url, headers=key, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def version(self) -> str:
        """The server's version."""
        return str(self._told("GET", "/")["version"])

    def collections(self) -> list[str]:
        """Ours, by their prefix."""
        listed = self._result("GET", "/collections")["collections"]
        return sorted(one["name"] for one in listed if one["name"].startswith(OURS))

    def aliases(self) -> dict[str, str]:
        """Alias to collection."""
        found = self._result("GET", "/aliases")["aliases"]
        pairs = {one["alias_name"]: one["collection_name"] for one in found}
        return {alias: target for alias, target in sorted(pairs.items()) if target.startswith(OURS)}

    def take(self, collection: str) -> str:
        """Make one, and wait until it is on the server's disk."""
        return str(self._result("POST", f"/collections/{collection}/snapshots?wait=true")["name"])

    def fetch(self, collection: str, name: str, file: Path) -> None:
        """Stream it into the file."""
        path = f"/collections/{collection}/snapshots/{name}"
        with self._failures(), self._http.stream("GET", path) as answer:
            if answer.is_error:
                answer.read()
            _refuse(answer)
            with file.open("xb") as target:
                for chunk in answer.iter_bytes(1 << 20):
                    target.write(chunk)

    def discard(self, collection: str, name: str) -> None:
        """Delete it."""
        self._drop(f"/collections/{collection}/snapshots/{name}?wait=true")

    def recover(self, collection: str, file: Path) -> None:
        """Stream the file to the server; what it says goes before what the server has."""
        path = f"/collections/{collection}/snapshots/upload?priority=snapshot&wait=true"
        with file.open("rb") as source:
            self._told("POST", path, files={"snapshot": (file.name, source)})

    def drop(self, collection: str) -> None:
        """Delete it with its points."""
        self._drop(f"/collections/{collection}")

    def point(self, aliases: Mapping[str, str]) -> None:
        """Replace those that lead elsewhere."""
        stale = [{"delete_alias": {"alias_name": one}} for one in self.aliases() if one in aliases]
        pairs = [{"alias_name": alias, "collection_name": target} for alias, target in aliases.items()]
        if pairs:
            actions = [*stale, *({"create_alias": one} for one in pairs)]
            self._told("POST", "/collections/aliases", json={"actions": actions})

    def _drop(self, path: str) -> None:
        with self._failures():
            answer = self._http.delete(path)
            if answer.status_code != httpx.codes.NOT_FOUND:
                _refuse(answer)

    def _result(self, method: str, path: str) -> Any:
        return self._told(method, path)["result"]

    def _told(self, method: str, path: str, **content: Any) -> Any:
        with self._failures():
            answer = self._http.request(method, path, **content)
            _refuse(answer)
            return answer.json()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Whatever goes wrong on the way becomes one sentence."""
        try:
            yield
        except httpx.HTTPError as error:
            raise server_failure(ResponseHandlingException(error), self._url) from error
        except UnexpectedResponse as error:
            raise server_failure(error, self._url) from error
        except (ValueError, KeyError) as error:
            raise IndexUnavailable(
                f"What answers at QDRANT_URL ({self._url}) is no Qdrant.", "Check QDRANT_URL."
            ) from error


def _refuse(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise UnexpectedResponse.for_response(answer)
