"""The database as backups see it."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Self
from uuid import UUID

from robolearn.domain.profile import EmbeddingProfile
from robolearn.ports.ledger import Ledger
from robolearn.settings import DatabaseSettings
from robolearn.storage.backups.address import client_environment
from robolearn.storage.backups.contents import Contents, contents
from robolearn.storage.backups.moment import Moment, moment
from robolearn.storage.backups.parking import profiles, settle
from robolearn.storage.engine import create_pool
from robolearn.storage.ledger import SqlLedger


class BackupDatabase:
    """One database, on connections of its own. Every method raises DatabaseUnavailable."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self._engine = create_pool(settings)
        self.client_environment = client_environment(settings)
        self.ledger: Ledger = SqlLedger(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def moment(self) -> AbstractContextManager[Moment]:
        """Hold the present. Raises SchemaMismatch where there is no schema."""
        return moment(self._engine)

    def contents(self) -> Contents:
        """What is in it, and who uses it."""
        return contents(self._engine)

    def settle(self, changed: dict[str, list[UUID]], recovered: Iterable[str]) -> int:
        """Mark as embedded what the recovered profiles' points belong to, but for what changed; how many."""
        return settle(self._engine, changed, recovered)

    def profiles(self) -> list[EmbeddingProfile]:
        """All embedding profiles that it knows."""
        return profiles(self._engine)
