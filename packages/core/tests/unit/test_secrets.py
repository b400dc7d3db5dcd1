"""Passwords apart from their addresses, and placeholders in place of secrets."""

import os
from pathlib import Path

import pytest
import redis
from sqlalchemy import make_url

from robolearn.domain.errors import SettingsError
from robolearn.settings import (
    DatabaseSettings,
    OpenAISettings,
    QdrantSettings,
    RedisSettings,
    Settings,
    load,
    loading,
)

AWKWARD = "p@ss:w/o?r#d%20 \u00e9[]&='\"$\\"


class ExampleSettings(Settings):
    """A service with secrets."""

    database: DatabaseSettings
    redis: RedisSettings = RedisSettings()
    qdrant: QdrantSettings = QdrantSettings()
    openai: OpenAISettings = OpenAISettings()


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of secret files; a database is set, and nothing else."""
    for name in os.environ:
        if name.startswith(("DATABASE_", "REDIS_", "QDRANT_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", "postgresql://robot@db:5432/robotics")
    monkeypatch.setattr(loading, "SECRETS", tmp_path)
    return tmp_path


def test_a_password_of_any_characters_reaches_postgresql_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", AWKWARD)
    monkeypatch.setenv("DATABASE_READ_URL", "postgresql://reader:old@replica/robotics?sslmode=require")
    database = load(ExampleSettings).database
    url = make_url(database.url.get_secret_value())
    assert (url.username, url.password, url.host, url.port, url.database) == (
        "robot",
        AWKWARD,
        "db",
        5432,
        "robotics",
    )
    assert database.read_url
    replica = make_url(database.read_url.get_secret_value())
    assert (replica.username, replica.password, replica.host) == ("reader", AWKWARD, "replica")
    assert replica.query == {"sslmode": "require"}


def test_a_password_of_any_characters_reaches_redis_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://redis:6379/2")
    monkeypatch.setenv("REDIS_PASSWORD", AWKWARD)
    client = redis.Redis.from_url(load(ExampleSettings).redis.url.get_secret_value())
    given = client.connection_pool.connection_kwargs
    client.close()
    assert (given["password"], given["host"], given["port"], given["db"]) == (AWKWARD, "redis", 6379, 2)


def test_secret_files_serve_for_every_secret(files: Path) -> None:
    for name in ("database_password", "redis_password", "qdrant_api_key", "openai_api_key"):
        (files / name).write_text(f"of {name}\n")
    (files / "database_read_url").write_text("postgresql://robot@replica/robotics\n")
    settings = load(ExampleSettings)
    assert make_url(settings.database.url.get_secret_value()).password == "of database_password"
    assert settings.database.read_url
    assert make_url(settings.database.read_url.get_secret_value()).host == "replica"
    assert settings.redis.url.get_secret_value() == "redis://:of%20redis_password@127.0.0.1:6379/0"
    assert settings.qdrant.api_key
    assert settings.qdrant.api_key.get_secret_value() == "of qdrant_api_key"
    assert settings.openai.api_key
    assert settings.openai.api_key.get_secret_value() == "of openai_api_key"


def test_an_empty_secret_file_is_no_secret(files: Path) -> None:
    (files / "openai_api_key").write_text("\n")
    assert load(ExampleSettings).openai.api_key is None


def test_an_address_without_a_password_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://robot:own%40@db/robotics")
    assert load(ExampleSettings).database.url.get_secret_value() == "postgresql://robot:own%40@db/robotics"


@pytest.mark.parametrize(
    "value",
    [
        "<strong-password>", "<api-key>", "changeme", "CHANGE_ME", "change-me!", "please change me",
        "password", "Password123", "passwd", "secret", "sk-...", "sk-your-key", "your-api-key-here",
        "my_secret_key", "example", "todo", "FIXME", "xxxxxxxx", "${POSTGRES_PASSWORD}", "{{ password }}",
        "***", "replace-me", "supersecret", "change-me-in-production", '"changeme"',
    ],
)  # fmt: skip
def test_a_placeholder_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    for name in ("DATABASE_PASSWORD", "REDIS_PASSWORD", "QDRANT_API_KEY", "OPENAI_API_KEY"):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(SettingsError, match=rf"^{name} is wrong: it is a placeholder.*make secrets"):
                load(ExampleSettings)


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_READ_URL", "REDIS_URL"])
def test_a_placeholder_inside_an_address_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "postgresql://robot:%3Cstrong-password%3E@db/robotics")
    with pytest.raises(SettingsError, match=rf"^{name} is wrong: its password is a placeholder"):
        load(ExampleSettings)


@pytest.mark.parametrize(
    "value",
    ["sk-test", "a", "k3y", "hunter2", "robotics", "Xq7", "keystone-39", "correct horse", "c2VjcmV0cw"],
)
def test_what_may_be_a_secret_is_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", value)
    monkeypatch.setenv("DATABASE_PASSWORD", value)
    settings = load(ExampleSettings)
    assert settings.openai.api_key
    assert settings.openai.api_key.get_secret_value() == value


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "hidden-39")
    monkeypatch.setenv("REDIS_PASSWORD", "hidden-39")
    assert "hidden" not in repr(load(ExampleSettings))
