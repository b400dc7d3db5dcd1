"""Serving in several processes, under uvicorn's own supervisor."""

import os
import socket
import sys
from tempfile import TemporaryDirectory

from prometheus_client.multiprocess import mark_process_dead
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from robolearn.domain.errors import SettingsError
from robolearn_api.listening import APPLICATION, config
from robolearn_api.metrics import SHARED_FOLDER
from robolearn_api.settings import ServeSettings

# A process that loads its model may be silent for a while; one that has died is noticed without asking.
SILENCE_SECONDS = 60


def serve_in_processes(settings: ServeSettings, listener: socket.socket) -> None:
    """Serve until told to stop; then let every process answer what is under way, and return.

    A process that dies is replaced. Ends the program if none can start, which the first has told.
    """
    options = config(
        APPLICATION,
        settings,
        factory=True,
        workers=settings.processes,
        timeout_worker_healthcheck=SILENCE_SECONDS,
    )
    with TemporaryDirectory(prefix="robolearn-api-metrics-") as folder:
        os.environ[SHARED_FOLDER] = folder
        supervisor = Supervisor(options, [listener])
        supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        sys.exit(SettingsError.exit_code)


class Supervisor(Multiprocess):
    """Starts the first process alone, stops listening before it drains, and settles the dead's numbers."""

    def init_processes(self) -> None:
        """Start them. What keeps the first from starting would keep all of them, and is to be told once."""
        first = self._started()
        while first.process.is_alive() and not first.is_ready():
            self.handle_signals()
            if self.should_exit.wait(0.05):
                return
        if first.exitcode == STARTUP_FAILURE:
            self.should_exit.set()
            return
        for _ in range(self.processes_num - 1):
            self._started()

    def terminate_all(self) -> None:
        """Refuse new connections at once, so that a proxy tries elsewhere instead of waiting in our queue."""
        for listener in self.sockets:
            listener.close()
        super().terminate_all()

    def keep_subprocess_alive(self) -> None:
        """Replace the dead. Requests that died with them are no longer in flight."""
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for process in self.processes:
            _leave_to_child(process)
        for pid in before - {process.pid for process in self.processes}:
            mark_process_dead(pid, os.environ[SHARED_FOLDER])  # type: ignore[no-untyped-call]

    def _started(self) -> Process:
        process = Process(self.config, self.sockets)
        process.start()
        _leave_to_child(process)
        self.processes.append(process)
        return process


def _leave_to_child(process: Process) -> None:
    """Close our copy of the child's end: with it open, the wait for an answer outlasts the child."""
    process.child_conn.close()
