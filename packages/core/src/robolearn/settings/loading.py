"""Settings from arguments, the environment and secret files, and how wrong ones are told."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from robolearn.domain.errors import SettingsError
from robolearn.settings.sections import LogSettings

SECRETS = Path("/run/secrets")


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
