"""Worker and beat as threads of this process, on an in-memory broker: for the all-in-one process."""

from threading import Event, Thread

from celery import Celery
from celery.beat import EmbeddedService
from celery.worker import WorkController, state

from robolearn_worker.adapters import Adapters
from robolearn_worker.app import IN_MEMORY, create_celery
from robolearn_worker.indexing import Indexing
from robolearn_worker.settings import WorkerSettings
from robolearn_worker.tasks import EMBED, RECONCILE

_STOP_SECONDS = 30.0


class EmbeddedWorker:
    """Starts the worker, then beat, and a first sweep at once; stops them in the other order.

    The adapters stay the caller's: they are not closed. `broker` is for tests with a real Redis.
    """

    def __init__(self, settings: WorkerSettings, adapters: Adapters, *, broker: str = IN_MEMORY) -> None:
        self.indexing = Indexing(settings.worker, lambda: adapters)
        self.app: Celery = create_celery(settings, self.indexing, broker=broker)
        self._ready = Event()
        self._worker: WorkController | None = None
        self._thread: Thread | None = None
        self._beat: Thread | None = None

    def start(self) -> None:
        """Return once the worker takes tasks."""
        self.app.set_default()  # tasks that run in threads look their app up there
        self.app.control.purge()  # hints of a worker that ran here before
        state.should_stop = None
        self._worker = WorkController(
            app=self.app, ready_callback=lambda _: self._ready.set(), without_heartbeat=True,
            without_mingle=True, without_gossip=True, queues=[self.app.conf.task_default_queue],
        )  # fmt: skip
        self._thread = Thread(target=self._worker.start, name="worker", daemon=True)
        self._thread.start()
        if not self._ready.wait(_STOP_SECONDS):
            raise RuntimeError("The embedded worker did not start: see the log above.")
        self.indexing.heartbeat.start()
        self._beat = EmbeddedService(self.app, thread=True, scheduler_cls=self.app.conf.beat_scheduler)
        self._beat.start()
        for name in (RECONCILE, EMBED):
            self.app.send_task(name)

    def stop(self) -> None:
        """Finish the running batch, give leases back, and return once all threads have ended."""
        self.indexing.stop.set()
        state.should_stop = 0
        for _ in range(2):  # the worker looks at the flag between messages, and waits seconds for each
            self.app.send_task(EMBED)
        if self._beat is not None:
            self._beat.stop()  # type: ignore[attr-defined]
            self._beat.join(_STOP_SECONDS)
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)
        state.should_stop = None
        self.app.close()
