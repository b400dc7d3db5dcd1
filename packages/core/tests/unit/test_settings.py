"""Settings from the environment and from secret files."""

import os
from pathlib import Path

import pytest

from robolearn.domain.errors import SettingsError
from robolearn.settings import DatabaseSettings, EmbeddingSettings, QdrantSettings, Settings, load, loading


class ExampleSettings(Settings):
    """A service with three sections."""

    database: DatabaseSettings
    qdrant: QdrantSettings = QdrantSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(loading, "SECRETS", tmp_path / "secrets")
    for name in os.environ:
        if name.startswith(("DATABASE_", "REDIS_", "QDRANT_", "OPENAI_", "EMBEDDING_")):
            monkeypatch.delenv(name)


def test_a_section_and_its_field_make_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("QDRANT_API_KEY", "k3y")
    settings = load(ExampleSettings)
    assert settings.database.url.get_secret_value() == "postgresql://somewhere"
    assert settings.qdrant.api_key
    assert settings.qdrant.api_key.get_secret_value() == "k3y"


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(SettingsError, match=r"DATABASE_URL is not set\."):
        load(ExampleSettings)


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("EMBEDDING_THREADS", "many")
    with pytest.raises(SettingsError, match="EMBEDDING_THREADS is wrong: input should be a valid integer"):
        load(ExampleSettings)


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("EMBEDDING_THREADS", "")
    assert load(ExampleSettings).embedding.threads == EmbeddingSettings().threads


def test_a_secret_file_serves_where_the_environment_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "database_url").write_text("postgresql://from-file\n")
    assert load(ExampleSettings).database.url.get_secret_value().strip() == "postgresql://from-file"


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:hidden@somewhere")
    assert "hidden" not in repr(load(ExampleSettings))


@pytest.mark.parametrize(
    "url", ["qdrant:6333", "ftp://qdrant", "http://", "http://[bad", "http://qdrant:99x"]
)
def test_an_address_that_no_client_can_use_is_named(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("QDRANT_URL", url)
    with pytest.raises(SettingsError, match="QDRANT_URL is wrong: it should read http://"):
        load(ExampleSettings)


@pytest.mark.parametrize(
    "address", ["qdrant:6333", "127.0.0.1", "ftp://qdrant", "http://", "http://host:port"]
)
def test_an_address_that_no_client_can_use_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("QDRANT_URL", address)
    with pytest.raises(SettingsError, match=r"QDRANT_URL is wrong: it should read http://host:port"):
        load(ExampleSettings)


@pytest.mark.parametrize(
    "address", ["http://qdrant:6333", "https://cloud.example/prefix", "http://[::1]:6333"]
)
def test_an_address_stays_as_it_was_written(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("QDRANT_URL", address)
    assert load(ExampleSettings).qdrant.url == address
