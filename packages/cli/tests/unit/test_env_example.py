"""The example of all settings, against the settings."""

import re
import tempfile
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from robolearn.settings import Settings
from robolearn_api.settings import ApiSettings
from robolearn_ingest.settings import IngestSettings
from robolearn_worker.settings import WorkerSettings

EXAMPLE = Path(__file__).parents[4] / ".env.example"
KINDS: tuple[type[Settings], ...] = (ApiSettings, IngestSettings, WorkerSettings)


def _settings() -> dict[str, object]:
    """Every setting of every service with its default."""
    found: dict[str, object] = {}
    for kind in KINDS:
        for section, info in kind.model_fields.items():
            assert isinstance(info.annotation, type)
            assert issubclass(info.annotation, BaseModel), f"{section} is a section of fields"
            for field, default in info.annotation.model_fields.items():
                found[f"{section}_{field}".upper()] = default.get_default(call_default_factory=True)
    return found


def _example() -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))


def _written(default: object) -> str:
    if default is None or default is PydanticUndefined:
        return ""
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, tuple | list | frozenset):
        return str(list(default)).replace("'", '"')
    if isinstance(default, Path) and default.is_relative_to(tempfile.gettempdir()):
        return ""  # a name of this machine and user
    return str(default)


def test_the_example_holds_every_setting_and_no_other() -> None:
    assert sorted(_example()) == sorted(_settings())


@pytest.mark.parametrize("name", sorted(_example()))
def test_the_example_shows_the_default(name: str) -> None:
    shown, default = _example()[name], _written(_settings()[name])
    assert shown == default or _number(shown) == _number(default)


def _number(text: str) -> float | str:
    """120 and 120.0 are the same default."""
    try:
        return float(text)
    except ValueError:
        return text


def test_each_setting_has_its_reason() -> None:
    blocks = EXAMPLE.read_text().split("\n\n")
    for block in blocks:
        lines = block.strip().splitlines()
        assert lines[0].startswith("#"), f"no reason above {lines[0]}"
