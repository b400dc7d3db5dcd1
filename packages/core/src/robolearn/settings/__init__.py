"""Sections of settings, which each service puts together as it needs them.

A field `url` of the section `database` is read from the environment as `DATABASE_URL`; a file of the same
name in /run/secrets serves as well.
"""

from robolearn.settings.loading import Settings, load
from robolearn.settings.sections import (
    DatabaseSettings,
    EmbeddingSettings,
    LogSettings,
    OpenAISettings,
    QdrantSettings,
    RedisSettings,
)

__all__ = [
    "DatabaseSettings",
    "EmbeddingSettings",
    "LogSettings",
    "OpenAISettings",
    "QdrantSettings",
    "RedisSettings",
    "Settings",
    "load",
]
