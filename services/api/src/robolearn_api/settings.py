"""Settings of the api."""

from pydantic import BaseModel, Field

from robolearn.settings import (
    DatabaseSettings,
    EmbeddingSettings,
    OpenAISettings,
    QdrantSettings,
    Settings,
)


class ServeSettings(BaseModel):
    """How the api listens and answers.

    `search_timeout_seconds` is how long a search waits for the embedding provider, and again for the
    vector index, before it answers by words alone. `language` (ISO 639-1) is the one that questions are
    read in when the search is not limited to one. `revision` is the commit an image was built from.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
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
