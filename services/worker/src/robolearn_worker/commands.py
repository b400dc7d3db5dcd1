"""What can be started: the worker, beat, and what an operator does by hand."""

from celery.beat import Service
from celery.signals import worker_shutting_down
from prometheus_client import start_http_server

from robolearn.domain.errors import SettingsError
from robolearn_worker.adapters import connect, counter
from robolearn_worker.app import create_celery
from robolearn_worker.heartbeat import Heartbeat, beats_file
from robolearn_worker.hinting import scheduler_for
from robolearn_worker.indexing import Indexing
from robolearn_worker.library_logs import settle_library_logs
from robolearn_worker.settings import WorkerSettings
from robolearn_worker.standing import Standing


def worker(settings: WorkerSettings) -> int:
    """Take tasks until told to stop; then finish what is under way or give it back, within ten seconds.

    Raises SettingsError before the first task, instead of failing each.
    """
    indexing = _indexing(settings)
    app = create_celery(settings, indexing)

    def stop(**_: object) -> None:
        indexing.stop.set()

    worker_shutting_down.connect(stop, weak=False)
    settle_library_logs(settings.log.level)
    profile = indexing.prepare().embedder.profile
    indexing.heartbeat.start()
    indexing.metrics.registry.register(Standing(counter(settings.database, profile)))
    _expose(indexing)
    try:
        app.Worker(without_gossip=True, without_mingle=True, quiet=True, loglevel=settings.log.level).start()
    finally:
        indexing.close()
    return 0


def beat(settings: WorkerSettings) -> int:
    """Send the hints that start sweeps. One is enough; two do no harm."""
    app = create_celery(settings, _indexing(settings))
    settle_library_logs(settings.log.level)
    worker = settings.worker
    heartbeat = Heartbeat(beats_file(worker.heartbeat_file), hints_every=worker.embed_every_seconds)
    heartbeat.start()
    try:
        Service(app, scheduler_cls=scheduler_for(heartbeat)).start()
    finally:
        heartbeat.end()
    return 0


def reconcile(settings: WorkerSettings) -> int:
    """Compare the index with the database once, and mend it."""
    indexing = _indexing(settings)
    try:
        found = indexing.reconcile()
    finally:
        indexing.close()
    print(f"{found.points} points, {found.orphans} orphans removed, {found.lost} lost ones made pending.")
    return 0


def replay(settings: WorkerSettings) -> int:
    """Make passages that failed pending again."""
    indexing = _indexing(settings)
    try:
        adapters = indexing.adapters()
        again = adapters.ledger.replay(adapters.embedder.profile)
    finally:
        indexing.close()
    print(f"{again} failed passages made pending.")
    return 0


def _expose(indexing: Indexing) -> None:
    host, port = indexing.settings.metrics_host, indexing.settings.metrics_port
    if port is None:
        return
    try:
        start_http_server(port, host, indexing.metrics.registry)
    except OSError as error:
        raise SettingsError(
            f"Metrics cannot be served at WORKER_METRICS_HOST and WORKER_METRICS_PORT ({host}:{port}): "
            f"{error.strerror}.",
            "Choose another port, or leave WORKER_METRICS_PORT unset.",
        ) from error


def _indexing(settings: WorkerSettings) -> Indexing:
    return Indexing(settings.worker, lambda: connect(settings))
