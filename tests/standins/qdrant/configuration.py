"""The variables of the environment that upstream's server reads and this one understands."""

import os
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Configuration:
    """Where to listen, where to keep files, which key to ask for."""

    host: str
    port: int
    storage: str
    snapshots: str
    key: str | None

    @classmethod
    def from_environment(cls) -> Self:
        """With upstream's defaults."""
        take = os.environ.get
        return cls(
            host=take("QDRANT__SERVICE__HOST", "0.0.0.0"),
            port=int(take("QDRANT__SERVICE__HTTP_PORT", "6333")),
            storage=take("QDRANT__STORAGE__STORAGE_PATH", "./storage"),
            snapshots=take("QDRANT__STORAGE__SNAPSHOTS_PATH", "./snapshots"),
            key=take("QDRANT__SERVICE__API_KEY") or None,
        )

    @property
    def address(self) -> str:
        """As a log tells it."""
        return f"{self.host}:{self.port}"
