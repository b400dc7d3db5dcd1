"""Celery's side of the sweeps: names, logs, and what becomes of an outage."""

import time
from collections.abc import Callable

from celery import Celery, Task
from structlog.contextvars import bound_contextvars

from robolearn.domain.errors import SchemaMismatch, Unavailable
from robolearn.observability import get_logger
from robolearn_worker.indexing import Indexing

log = get_logger(__name__)

EMBED = "passages.embed"
REMOVE = "points.remove"
RECONCILE = "index.reconcile"

# A sweep that did nothing is worth a line only to who looks for it.
_WORTH_A_LINE_SECONDS = 1.0


class SweepTask(Task):  # type: ignore[misc]  # Celery has no types
    """Base of all tasks: each log line carries task, request id and retries; an outage is one line.

    After an outage there is no retry: the next sweep, seconds away, finds the same work by its query.
    """

    abstract = True

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Run the task."""
        request = self.request
        with bound_contextvars(task=self.name, request_id=request.id, retries=request.retries):
            started = time.perf_counter()
            try:
                return self.run(*args, **kwargs)
            except (Unavailable, SchemaMismatch) as error:
                log.warning("task.postponed", reason=str(error))
                return None
            finally:
                seconds = time.perf_counter() - started
                tell = log.info if seconds >= _WORTH_A_LINE_SECONDS else log.debug
                tell("task.ended", seconds=round(seconds, 3))


def add_tasks(app: Celery, indexing: Indexing) -> None:
    """Register the sweeps with the app."""

    def task(name: str) -> Callable[[Callable[[SweepTask], None]], Task]:
        registered: Callable[[Callable[[SweepTask], None]], Task] = app.task(
            name=name, bind=True, base=SweepTask, shared=False
        )
        return registered

    @task(EMBED)
    def embed(self: SweepTask) -> None:
        resume_in = indexing.embed().resume_in
        if resume_in is not None and not indexing.stop.is_set():
            self.apply_async(countdown=resume_in)

    @task(REMOVE)
    def remove(self: SweepTask) -> None:  # noqa: ARG001
        indexing.remove()

    @task(RECONCILE)
    def reconcile(self: SweepTask) -> None:  # noqa: ARG001
        indexing.reconcile()
