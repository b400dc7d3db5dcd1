"""What backups read from the environment."""

from pathlib import Path

from pydantic import BaseModel, Field

from robolearn_worker.backup.retention import Policy


class BackupSettings(BaseModel):
    """Where backups are kept, how often they are taken, and which are kept how long."""

    dir: Path = Path("/backups")
    every_seconds: float = Field(default=86400.0, ge=1, le=31_536_000)
    keep_last: int = Field(default=3, ge=1, le=1000)
    keep_daily: int = Field(default=7, ge=0, le=1000)
    keep_weekly: int = Field(default=4, ge=0, le=1000)
    keep_monthly: int = Field(default=6, ge=0, le=1000)
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    metrics_host: str = "127.0.0.1"

    @property
    def policy(self) -> Policy:
        """Which are kept."""
        return Policy(self.keep_last, self.keep_daily, self.keep_weekly, self.keep_monthly)
