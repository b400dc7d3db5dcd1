"""All indexing work of one process, without Celery."""

from collections.abc import Callable
from threading import Event, Lock
from typing import TypeVar

from robolearn.domain.errors import SchemaMismatch, Unavailable
from robolearn.observability import get_logger
from robolearn_worker.adapters import Adapters
from robolearn_worker.embedding import Embedded, EmbedSweep
from robolearn_worker.heartbeat import Heartbeat
from robolearn_worker.metrics import Metrics
from robolearn_worker.patience import Patience
from robolearn_worker.reconciling import Reconciled, reconcile
from robolearn_worker.removal import remove_dead_points
from robolearn_worker.settings import IndexingSettings

log = get_logger(__name__)

_OUTAGE_SECONDS = 60.0

Result = TypeVar("Result")


class Indexing:
    """The sweeps, and what they share. Safe to use from several threads.

    Adapters are built at the first use: beat needs none. They ask nobody until a sweep does, so that a
    worker starts while database, index and provider are away.
    """

    def __init__(self, settings: IndexingSettings, connect: Callable[[], Adapters]) -> None:
        self.settings = settings
        self.stop = Event()
        self.metrics = Metrics()
        self.heartbeat = Heartbeat(settings.heartbeat_file)
        self._connect = connect
        self._adapters: Adapters | None = None
        self._lock = Lock()
        self._embedding = Lock()
        self._patience = Patience()

    def embed(self) -> Embedded:
        """Embed what is pending; at once done where this process embeds already, or must wait."""
        if self.stop.is_set() or not self._embedding.acquire(blocking=False):
            return Embedded()
        try:
            return self._watched(lambda: self._sweep().run())
        finally:
            self._embedding.release()

    def remove(self) -> int:
        """Remove the points of passages that are gone; how many."""
        return self._watched(lambda: remove_dead_points(self.adapters()))

    def reconcile(self) -> Reconciled:
        """Compare the index with the database, and mend it."""
        return self._watched(lambda: reconcile(self.adapters()))

    def adapters(self) -> Adapters:
        """The outside world, with a database at the right revision.

        Raises SettingsError, DatabaseUnavailable and SchemaMismatch.
        """
        adapters = self.prepare()
        adapters.check_database()
        return adapters

    def prepare(self) -> Adapters:
        """The outside world, not asked for anything yet. Raises SettingsError."""
        with self._lock:
            if self._adapters is None:
                self._adapters = self._connect()
            return self._adapters

    def close(self) -> None:
        """Ask running sweeps to end, and let go of connections once they have."""
        self.stop.set()
        with self._embedding, self._lock:
            if self._adapters is not None:
                self._adapters.close()
                self._adapters = None

    def _sweep(self) -> EmbedSweep:
        return EmbedSweep(
            self.adapters(),
            self.settings,
            patience=self._patience,
            stop=self.stop,
            heartbeat=self.heartbeat,
            metrics=self.metrics,
        )

    def _watched(self, work: Callable[[], Result]) -> Result:
        """Note an outage as a wait that is known: restarting this process would not end it."""
        try:
            return work()
        except (Unavailable, SchemaMismatch) as error:
            self.heartbeat.waiting(str(error), _OUTAGE_SECONDS)
            raise
