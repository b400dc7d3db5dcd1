"""A small service that takes a backup whenever the newest is too old."""

import time
from collections.abc import Callable
from threading import Event

from robolearn.domain.errors import RobolearnError
from robolearn.observability import get_logger
from robolearn_worker.backup.metrics import BackupMetrics
from robolearn_worker.backup.store import Store
from robolearn_worker.heartbeat import Heartbeat

log = get_logger(__name__)

_LOOK_SECONDS = 30.0
_RETRY_SECONDS = 300.0
_LONGEST_SECONDS = 6 * 3600.0


class Schedule:
    """When backups are due is asked of their folder: it survives this process, and backups by hand count."""

    def __init__(
        self,
        store: Store,
        work: Callable[[], object],
        every_seconds: float,
        *,
        heartbeat: Heartbeat,
        metrics: BackupMetrics,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._work = work
        self._every = every_seconds
        self._heartbeat = heartbeat
        self._metrics = metrics
        self._clock = clock

    def run(self, stop: Event) -> None:
        """Until told to stop."""
        wait = 0.0
        while not stop.wait(wait):
            wait = self.look()

    def look(self) -> float:
        """Take a backup if one is due; after how many seconds to look again."""
        due_in = self._due_in()
        if due_in > 0:
            self._heartbeat.sweep(0)
            return min(due_in, _LOOK_SECONDS)
        self._heartbeat.waiting("a backup is being taken.", _LONGEST_SECONDS)
        try:
            self._work()
        except (RobolearnError, OSError) as error:
            return self._failed(error)
        self._heartbeat.sweep(0)
        return min(max(self._due_in(), 1.0), _LOOK_SECONDS)

    def _due_in(self) -> float:
        for _, manifest in self._store.whole():
            created = manifest.created.timestamp()
            self._metrics.last_success.set(created)
            self._metrics.last_size.set(manifest.size)
            return created + self._every - self._clock()
        return 0.0

    def _failed(self, error: Exception) -> float:
        """A known failure: restarting this process would not end it, but trying again may."""
        wait = min(self._every, _RETRY_SECONDS)
        self._metrics.failures.inc()
        self._heartbeat.waiting(f"the last backup failed: {error}", wait)
        log.error("backup.failed", reason=str(error), again_in_seconds=wait)
        return wait
