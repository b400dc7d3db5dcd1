"""`python -m robolearn_worker COMMAND`."""

import argparse
import importlib
import signal
import sys
from types import FrameType

from robolearn.commands import run
from robolearn.domain.errors import RobolearnError
from robolearn.observability import configure_logs
from robolearn.settings import load
from robolearn_worker.backup import commandline as backups
from robolearn_worker.heartbeat import check
from robolearn_worker.settings import WorkerSettings

COMMANDS = {
    "worker": "take tasks until told to stop",
    "beat": "send the hints that start sweeps; one process is enough",
    "reconcile": "compare the index with the database once, and mend it",
    "replay": "make passages that failed pending again",
    "healthcheck": "exit with 0 if worker and beat get anywhere, as far as they run here, else with 1",
}


_UNTIL_STOPPED = ("worker", "beat")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; expected errors are one sentence and their exit code."""
    parser = argparse.ArgumentParser(prog="python -m robolearn_worker", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in COMMANDS.items():
        commands.add_parser(name, help=told)
    backups.add_commands(commands)
    parsed = parser.parse_args(arguments)
    try:
        return _run(parsed, load(WorkerSettings))
    except RobolearnError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return error.exit_code


def _run(parsed: argparse.Namespace, settings: WorkerSettings) -> int:
    command: str = parsed.command
    if command == "healthcheck":
        return _healthcheck(settings)
    configure_logs(settings.log)
    if command in _UNTIL_STOPPED:
        signal.signal(signal.SIGTERM, _stop)
    if command in backups.COMMANDS:
        return int(importlib.import_module("robolearn_worker.backup.commands").run(parsed, settings))
    # Only here: a probe runs every few seconds and must not load Celery and the adapters.
    run = getattr(importlib.import_module("robolearn_worker.commands"), command)
    return int(run(settings))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End at once: beat has nothing to finish, nor has a worker before Celery's own handler is there.

    The first process of a container has no such default: the signal would be ignored.
    """
    raise SystemExit(0)


def _healthcheck(settings: WorkerSettings) -> int:
    health = check(settings.worker.heartbeat_file, settings.worker.stuck_after_seconds)
    print(health.reason)
    return 0 if health.healthy else 1


if __name__ == "__main__":
    run(lambda: sys.exit(main()))
