"""The sections."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, Field, SecretStr, model_validator

from robolearn.settings.addresses import HttpAddress, SecretAddress, with_password
from robolearn.settings.placeholders import OptionalSecret


class DatabaseSettings(BaseModel):
    """PostgreSQL.

    `password` takes the place of the one in `url` and `read_url`, and needs no escaping. `read_url` is a
    replica for reads that may be a moment behind. `pooler` says whether a pooler stands in between that gives
    each transaction another session.
    """

    url: SecretAddress
    password: OptionalSecret = None
    read_url: SecretAddress | None = None
    pooler: Literal["none", "transaction"] = "none"
    pool_size: int = Field(default=5, ge=1, le=100)
    connect_timeout_seconds: int = Field(default=5, ge=1, le=60)
    statement_timeout_seconds: int = Field(default=30, ge=1, le=3600)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.password:
            self.url = with_password(self.url, self.password)
            self.read_url = self.read_url and with_password(self.read_url, self.password)
        return self


class EmbeddingSettings(BaseModel):
    """How passages become vectors."""

    provider: Literal["local", "openai"] = "local"
    model_dir: Path = Path(".data/models/minilm")
    threads: int = Field(default=2, ge=1, le=64)


class OpenAISettings(BaseModel):
    """Any server that speaks OpenAI's embeddings protocol."""

    api_key: OptionalSecret = None
    base_url: HttpAddress | None = None
    model: str = "text-embedding-3-small"
    dimensions: int = Field(default=1536, ge=8, le=8192)
    batch_texts: int = Field(default=128, ge=1, le=2048)
    batch_tokens: int = Field(default=100_000, ge=256, le=300_000)
    timeout_seconds: float = Field(default=30.0, gt=0, le=600)


class QdrantSettings(BaseModel):
    """The vector index: a server by URL, or the client's own engine by path.

    Of a cluster, `shard_number` and `replication_factor` count when a collection is created.
    """

    url: HttpAddress | None = None
    api_key: OptionalSecret = None
    path: Path | None = None
    timeout_seconds: int = Field(default=10, ge=1, le=300)
    shard_number: int | None = Field(default=None, ge=1, le=1000)
    replication_factor: int | None = Field(default=None, ge=1, le=100)


class RedisSettings(BaseModel):
    """Redis, the broker of hints. `password` takes the place of the one in `url`, and needs no escaping."""

    url: SecretAddress = SecretStr("redis://127.0.0.1:6379/0")
    password: OptionalSecret = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.password:
            self.url = with_password(self.url, self.password)
        return self


class LogSettings(BaseModel):
    """Logs: JSON for machines, console for people, auto by whether standard error is a terminal."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["auto", "json", "console"] = "auto"
