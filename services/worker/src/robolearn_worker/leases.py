"""Leases that hold for as long as the work takes."""

from collections.abc import Iterable
from datetime import timedelta
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self
from uuid import UUID

from robolearn.domain.errors import Unavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.observability import get_logger
from robolearn.ports.ledger import Ledger

log = get_logger(__name__)


class Leases:
    """Renews one owner's leases from a thread, three times in each term: a slow provider loses none.

    On leaving, what is still held is given back, uncounted.
    """

    def __init__(self, ledger: Ledger, profile: EmbeddingProfile, owner: str, term: timedelta) -> None:
        self.owner = owner
        self._ledger = ledger
        self._profile = profile
        self._term = term
        self._held: set[UUID] = set()
        self._lock = Lock()
        self._ended = Event()
        self._thread = Thread(target=self._renew, name=f"leases-{owner}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        try:
            self._ledger.release(self._profile, self.owner)
        except Unavailable as away:
            log.warning("leases.left_to_expire", owner=self.owner, reason=str(away))

    def hold(self, ids: Iterable[UUID]) -> None:
        """Keep these alive from now on."""
        with self._lock:
            self._held.update(ids)

    def drop(self, ids: Iterable[UUID]) -> None:
        """Their work is done."""
        with self._lock:
            self._held.difference_update(ids)

    def confirm(self, ids: Iterable[UUID]) -> set[UUID]:
        """Renew now; those that are still the owner's."""
        return self._ledger.extend(self._profile, self.owner, list(ids), self._term)

    def _renew(self) -> None:
        while not self._ended.wait(self._term.total_seconds() / 3):
            with self._lock:
                held = set(self._held)
            try:
                lost = held - self.confirm(held) if held else set()
            except Unavailable as error:
                log.warning("leases.not_renewed", owner=self.owner, reason=str(error))
                continue
            if lost:
                self.drop(lost)
                log.warning("leases.lost", owner=self.owner, passages=len(lost))
