"""What an operator does with backups."""

import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from threading import Event
from types import FrameType

from robolearn import bootstrap
from robolearn_worker.backup.checking import check_contents
from robolearn_worker.backup.manifest import Manifest
from robolearn_worker.backup.metrics import BackupMetrics
from robolearn_worker.backup.pruning import prune
from robolearn_worker.backup.restoring import Restored, Restoring
from robolearn_worker.backup.schedule import Schedule
from robolearn_worker.backup.store import Store
from robolearn_worker.backup.taking import Taking
from robolearn_worker.heartbeat import Heartbeat
from robolearn_worker.library_logs import settle_library_logs
from robolearn_worker.settings import WorkerSettings

_TERMINATED = 143


def run(arguments: Namespace, settings: WorkerSettings) -> int:
    """Run the command."""
    settle_library_logs(settings.log.level)
    scheduled = arguments.command == "schedule-backups"
    signal.signal(signal.SIGTERM, partial(_stop, 0 if scheduled else _TERMINATED))
    command: Callable[[Namespace, WorkerSettings], None] = _COMMANDS[arguments.command]
    command(arguments, settings)
    return 0


def _stop(code: int, _signal: int, _frame: FrameType | None) -> None:
    """End at once: on the way out, children are ended and what is incomplete is removed."""
    sys.exit(code)


def _backup(arguments: Namespace, settings: WorkerSettings) -> None:
    name, manifest = _take(settings)
    print(f"{name}: {_summary(manifest)}.")
    if arguments.prune:
        for gone in prune(Store(settings.backup.dir), settings.backup.policy):
            print(f"{gone}: deleted.")


def _backups(_: Namespace, settings: WorkerSettings) -> None:
    entries = Store(settings.backup.dir).entries()
    for entry in entries:
        told = f"whole, {_summary(entry.manifest)}" if entry.manifest else f"damaged: {entry.problem}"
        print(f"{entry.name}  {told}")
    if not entries:
        print(f"There are no backups in {settings.backup.dir}.")


def _verify(arguments: Namespace, settings: WorkerSettings) -> None:
    folder = Store(settings.backup.dir).find(arguments.name)
    manifest = check_contents(folder)
    print(f"{folder.name} is whole: {_summary(manifest)}.")


def _restore(arguments: Namespace, settings: WorkerSettings) -> None:
    folder = Store(settings.backup.dir).find(arguments.name)
    with _restoring(settings) as restoring:
        if arguments.check:
            restoring.check(folder, replace=arguments.replace, in_use=True)
            print(f"{folder.name} can be restored.")
            return
        restored = restoring.restore(folder, replace=arguments.replace, vectors=not arguments.without_vectors)
    print(f"{folder.name} is restored.")
    for one in restored:
        print(_told(one))


def _schedule(_: Namespace, settings: WorkerSettings) -> None:
    backup, store = settings.backup, Store(settings.backup.dir)
    metrics, heartbeat = BackupMetrics(), Heartbeat(settings.worker.heartbeat_file)

    def work() -> None:
        _take(settings)
        prune(store, backup.policy)

    heartbeat.start()
    metrics.serve(backup)
    Schedule(store, work, backup.every_seconds, heartbeat=heartbeat, metrics=metrics).run(Event())


_COMMANDS = {
    "backup": _backup,
    "backups": _backups,
    "verify": _verify,
    "restore": _restore,
    "schedule-backups": _schedule,
}


def _take(settings: WorkerSettings) -> tuple[str, Manifest]:
    with (
        bootstrap.snapshots(settings.qdrant) as snapshots,
        bootstrap.backup_database(settings.database) as database,
    ):
        return Taking(Store(settings.backup.dir), database, snapshots).take()


@contextmanager
def _restoring(settings: WorkerSettings) -> Iterator[Restoring]:
    with (
        bootstrap.snapshots(settings.qdrant) as snapshots,
        bootstrap.backup_database(settings.database) as database,
        closing(bootstrap.vector_index(settings.qdrant)) as index,
    ):
        yield Restoring(database, snapshots, index)


def _summary(manifest: Manifest) -> str:
    counts = ", ".join(f"{count} {what}" for what, count in manifest.counts.items())
    taken = manifest.created.strftime("%Y-%m-%d %H:%M UTC")
    return (
        f"{taken}, {manifest.size / 1e6:.1f} MB, release {manifest.release}, {counts}, {_embedded(manifest)}"
    )


def _embedded(manifest: Manifest) -> str:
    return (
        " and ".join(f"{count} embedded ({profile})" for profile, count in manifest.embedded.items())
        or "no index"
    )


def _told(restored: Restored) -> str:
    found, profile = restored.found, restored.profile
    how = "recovered" if restored.recovered else "to be rebuilt"
    return (
        f"Index {profile.collection} ({profile.model}) {how}: {found.points} points, {found.orphans} orphans "
        f"removed, {found.lost} lost ones made pending; {restored.pending} passages are pending. The worker "
        "takes vectors that were paid for from the database."
    )
