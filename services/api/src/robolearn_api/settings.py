"""Settings of the api."""

from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from robolearn.domain.errors import SettingsError
from robolearn.settings import (
    DatabaseSettings,
    EmbeddingSettings,
    OpenAISettings,
    QdrantSettings,
    Settings,
)


def _proxies(listed: str) -> str:
    """The list itself. uvicorn would take a name as it stands, and never believe it."""
    try:
        for one in listed.split(","):
            ip_network(one.strip())
    except ValueError:
        raise PydanticCustomError(
            "proxies", "it should list addresses or networks with commas between them, like 10.0.0.0/8,::1"
        ) from None
    return listed


class ServeSettings(BaseModel):
    """How the api listens and answers.

    `search_timeout_seconds` is how long a search waits for the embedding provider, and again for the
    vector index, before it answers by words alone. `language` (ISO 639-1) is the one that questions are
    read in when the search is not limited to one. `revision` is the commit an image was built from.
    `trusted_proxies` are those whose word counts for where a request comes from.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    processes: int = Field(default=1, ge=1, le=64)
    reload: bool = False
    trusted_proxies: Annotated[str, AfterValidator(_proxies)] = "127.0.0.1,::1"
    debug: bool = False
    access_log: bool = True
    search_timeout_seconds: float = Field(default=3.0, gt=0, le=60)
    search_pause_seconds: float = Field(default=5.0, gt=0, le=600)
    shutdown_timeout_seconds: int = Field(default=10, ge=1, le=300)
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    revision: str | None = None


class ApiSettings(Settings):
    """Everything the api reads."""

    database: DatabaseSettings
    qdrant: QdrantSettings = QdrantSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    openai: OpenAISettings = OpenAISettings()
    api: ServeSettings = ServeSettings()

    def require_sharable(self) -> None:
        """Raise SettingsError where several processes would stand in each other's way."""
        if self.api.processes == 1:
            return
        several = f"API_PROCESSES={self.api.processes}"
        if self.api.reload:
            raise SettingsError(f"API_RELOAD starts one process, and {several}.", "Set only one of the two.")
        if self.qdrant.path:
            raise SettingsError(
                f"QDRANT_PATH is an engine inside one process, and {several}.",
                "Run a Qdrant server and set QDRANT_URL, or set API_PROCESSES=1.",
            )
