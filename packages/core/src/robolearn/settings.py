"""Sections of settings, which each service puts together as it needs them.

A field `url` of the section `database` is read from the environment as `DATABASE_URL`; a file of the same
name in /run/secrets serves as well.
"""

from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from robolearn.domain.errors import SettingsError

SECRETS = Path("/run/secrets")


def _http(url: str) -> str:
    """The URL itself. An address that no client can use is told at the start, not as an outage for ever."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise PydanticCustomError("http_url", "it should read http://host:port or https://host:port")
    return url


HttpAddress = Annotated[str, AfterValidator(_http)]


class DatabaseSettings(BaseModel):
    """PostgreSQL."""

    url: SecretStr
    pool_size: int = Field(default=5, ge=1, le=100)
    connect_timeout_seconds: int = Field(default=5, ge=1, le=60)
    statement_timeout_seconds: int = Field(default=30, ge=1, le=3600)


class EmbeddingSettings(BaseModel):
    """How passages become vectors."""

    provider: Literal["local", "openai"] = "local"
    model_dir: Path = Path(".data/models/minilm")
    threads: int = Field(default=2, ge=1, le=64)


class OpenAISettings(BaseModel):
    """Any server that speaks OpenAI's embeddings protocol."""

    api_key: SecretStr | None = None
    base_url: HttpAddress | None = None
    model: str = "text-embedding-3-small"
    dimensions: int = Field(default=1536, ge=8, le=8192)
    batch_texts: int = Field(default=128, ge=1, le=2048)
    batch_tokens: int = Field(default=100_000, ge=256, le=300_000)
    timeout_seconds: float = Field(default=30.0, gt=0, le=600)


class QdrantSettings(BaseModel):
    """The vector index: a server by URL, or the client's own engine by path."""

    url: HttpAddress | None = None
    api_key: SecretStr | None = None
    path: Path | None = None
    timeout_seconds: int = Field(default=10, ge=1, le=300)


class RedisSettings(BaseModel):
    """Redis, the broker of hints."""

    url: SecretStr = SecretStr("redis://127.0.0.1:6379/0")


class LogSettings(BaseModel):
    """Logs: JSON for machines, console for people, auto by whether standard error is a terminal."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["auto", "json", "console"] = "auto"


class Settings(BaseSettings):
    """Base of each service's settings: arguments, then the environment, then secret files."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="_", env_nested_max_split=1, extra="ignore", env_ignore_empty=True
    )

    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Secret files use the environment's names, and count only where their folder exists."""
        if not SECRETS.is_dir():
            return init_settings, env_settings
        files = NestedSecretsSettingsSource(
            file_secret_settings,
            secrets_dir=SECRETS,
            secrets_nested_delimiter="_",
            secrets_dir_missing="ok",
        )
        return init_settings, env_settings, files


Kind = TypeVar("Kind", bound=Settings)


def load(kind: type[Kind]) -> Kind:
    """Read the settings. Raises SettingsError, which names each setting as the environment does."""
    try:
        return kind()
    except ValidationError as error:
        told = "; ".join(_told(one, kind) for one in error.errors())
        raise SettingsError(f"{told}.", "Every setting is in .env.example.") from None


def _told(error: ErrorDetails, kind: type[Settings]) -> str:
    name = "_".join(str(part) for part in error["loc"]).upper()
    if error["type"] == "missing":
        return f"{_needed(name, error, kind)} is not set"
    return f"{name} is wrong: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _needed(name: str, error: ErrorDetails, kind: type[Settings]) -> str:
    """Of a whole section that is missing, the fields that must be set."""
    section = kind.model_fields[str(error["loc"][0])].annotation
    if len(error["loc"]) > 1 or not (isinstance(section, type) and issubclass(section, BaseModel)):
        return name
    fields = section.model_fields.items()
    return ", ".join(f"{name}_{field}".upper() for field, info in fields if info.is_required())
