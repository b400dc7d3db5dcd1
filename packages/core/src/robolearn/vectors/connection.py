"""The one client of a process: to a server by URL, or to the client's own engine by path."""

import fcntl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from qdrant_client import QdrantClient

from robolearn.domain.errors import SettingsError
from robolearn.settings import QdrantSettings
from robolearn.vectors.failures import (
    LOCAL_ERRORS,
    SERVER_ERRORS,
    CollectionAbsent,
    local_failure,
    path_in_use,
    server_failure,
    tells_absence,
)

IN_MEMORY = ":memory:"

# What the client warns about is either meant (a key inside a private network) or said in our own documents.
_EXPECTED_WARNINGS = ("Local mode is not recommended", "Api key is used with an insecure connection")


class Connection:
    """Opened at first use, so that a process can start while the index is away. Safe with threads."""

    def __init__(self, settings: QdrantSettings) -> None:
        if (settings.url is None) == (settings.path is None):
            both = "are both set" if settings.url else "are both unset"
            raise SettingsError(
                f"QDRANT_URL and QDRANT_PATH {both}.",
                "Set QDRANT_URL for a Qdrant server, or QDRANT_PATH for the engine inside this process.",
            )
        self._settings = settings
        self._path = settings.path or Path()
        self._lock = RLock()
        self._client: QdrantClient | None = None

    @property
    def local(self) -> bool:
        """Whether the engine runs inside this process."""
        return self._settings.path is not None

    @contextmanager
    def client(self) -> Iterator[QdrantClient]:
        """The client; the local engine for one thread at a time. Engine errors become IndexUnavailable."""
        with self._local_client() if self.local else self._server_client() as client:
            yield client

    @contextmanager
    def _server_client(self) -> Iterator[QdrantClient]:
        try:
            yield self._opened()
        except SERVER_ERRORS as error:
            raise server_failure(error, str(self._settings.url)) from error

    @contextmanager
    def _local_client(self) -> Iterator[QdrantClient]:
        try:
            with self._lock:
                yield self._opened()
        except LOCAL_ERRORS as error:
            raise local_failure(error, self._path) from error
        except ValueError as error:
            if tells_absence(error):
                raise CollectionAbsent from error
            raise

    def close(self) -> None:
        """Let go of the server, or of the local engine's folder. The next use opens it again."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _opened(self) -> QdrantClient:
        with self._lock:
            if self._client is None:
                for message in _EXPECTED_WARNINGS:
                    warnings.filterwarnings("ignore", message)
                self._client = self._open_local() if self.local else self._open_server()
            return self._client

    def _open_server(self) -> QdrantClient:
        key = self._settings.api_key
        return QdrantClient(
            url=self._settings.url,
            api_key=key.get_secret_value() if key else None,
            timeout=self._settings.timeout_seconds,
            check_compatibility=False,  # it would ask the server, which may be away
        )

    def _open_local(self) -> QdrantClient:
        if str(self._path) == IN_MEMORY:
            return QdrantClient(IN_MEMORY)
        if _is_locked(self._path / ".lock"):
            raise path_in_use(self._path)
        return QdrantClient(path=str(self._path), force_disable_check_same_thread=True)


def _is_locked(file: Path) -> bool:
    """Ask before opening: the engine finds out only after it has read all of its points."""
    if not file.exists():
        return False
    with file.open("r+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
