"""`python -m robolearn_worker`: the worker, beat, and what an operator does by hand."""

import argparse
import sys
from collections.abc import Callable

from celery.signals import worker_shutting_down
from prometheus_client import start_http_server

from robolearn.domain.errors import RobolearnError
from robolearn.observability import configure_logs
from robolearn.settings import load
from robolearn_worker import heartbeat
from robolearn_worker.adapters import connect
from robolearn_worker.app import create_celery
from robolearn_worker.indexing import Indexing
from robolearn_worker.settings import WorkerSettings


def worker(settings: WorkerSettings) -> int:
    """Take tasks until told to stop; then finish the running batch and give leases back."""
    indexing = _indexing(settings)
    app = create_celery(settings, indexing)

    def stop(**_: object) -> None:
        indexing.stop.set()

    worker_shutting_down.connect(stop, weak=False)
    indexing.heartbeat.start()
    if settings.worker.metrics_port:
        registry = indexing.metrics.registry
        start_http_server(settings.worker.metrics_port, settings.worker.metrics_host, registry)
    try:
        app.Worker(without_gossip=True, without_mingle=True, loglevel=settings.log.level).start()
    finally:
        indexing.close()
    return 0


def beat(settings: WorkerSettings) -> int:
    """Send the hints that start sweeps. One is enough; two do no harm."""
    app = create_celery(settings, _indexing(settings))
    app.Beat(loglevel=settings.log.level, quiet=True).run()
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


def healthcheck(settings: WorkerSettings) -> int:
    """Exit with 0 if the worker gets anywhere, else with 1."""
    health = heartbeat.check(settings.worker.heartbeat_file, settings.worker.stuck_after_seconds)
    print(health.reason)
    return 0 if health.healthy else 1


COMMANDS: dict[str, Callable[[WorkerSettings], int]] = {
    command.__name__: command for command in (worker, beat, reconcile, replay, healthcheck)
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; expected errors are one sentence and their exit code."""
    parser = argparse.ArgumentParser(prog="python -m robolearn_worker", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=(command.__doc__ or "").strip().splitlines()[0])
    chosen = COMMANDS[parser.parse_args(arguments).command]
    try:
        settings = load(WorkerSettings)
        configure_logs(settings.log)
        return chosen(settings)
    except RobolearnError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return error.exit_code


def _indexing(settings: WorkerSettings) -> Indexing:
    return Indexing(settings.worker, lambda: connect(settings))


if __name__ == "__main__":
    raise SystemExit(main())
