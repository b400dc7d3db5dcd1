"""What the worker reads from its environment."""

import os
import tempfile
from pathlib import Path

from pydantic import BaseModel, Field

from robolearn.settings import (
    DatabaseSettings,
    EmbeddingSettings,
    OpenAISettings,
    QdrantSettings,
    RedisSettings,
    Settings,
)
from robolearn_worker.backup.settings import BackupSettings


class IndexingSettings(BaseModel):
    """How the indexing runs. Times are in seconds."""

    batch_size: int = Field(default=256, ge=1, le=1000)
    lease_seconds: float = Field(default=120.0, gt=0, le=3600)
    # A sweep ends after this long and asks for the next, so that no task outlives the visibility timeout.
    sweep_limit_seconds: float = Field(default=300.0, gt=0, le=3600)
    # A longer wait that the provider asks for ends the sweep, which then comes back by itself.
    patience_seconds: float = Field(default=20.0, ge=0, le=600)
    embed_every_seconds: float = Field(default=5.0, gt=0, le=3600)
    remove_every_seconds: float = Field(default=15.0, gt=0, le=3600)
    reconcile_every_seconds: float = Field(default=900.0, gt=0, le=86400)
    stuck_after_seconds: float = Field(default=600.0, gt=0, le=86400)
    # Threads of one process: one embeds, the others remove and reconcile. More processes embed more.
    concurrency: int = Field(default=2, ge=1, le=32)
    heartbeat_file: Path = Path(tempfile.gettempdir()) / f"robolearn-worker-{os.getuid()}.heartbeat.json"
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    metrics_host: str = "127.0.0.1"


class WorkerSettings(Settings):
    """Settings of the worker and of beat."""

    database: DatabaseSettings
    redis: RedisSettings = RedisSettings()
    qdrant: QdrantSettings = QdrantSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    openai: OpenAISettings = OpenAISettings()
    worker: IndexingSettings = IndexingSettings()
    backup: BackupSettings = BackupSettings()
