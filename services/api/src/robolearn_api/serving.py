"""Listening and serving, in the foreground and beside something else."""

import socket
from contextlib import suppress
from threading import Thread

import uvicorn
from fastapi import FastAPI

from robolearn.domain.errors import SettingsError
from robolearn_api.adapters import Adapters
from robolearn_api.app import create_app
from robolearn_api.settings import ApiSettings, ServeSettings

BACKLOG = 2048


def listen(settings: ServeSettings) -> socket.socket:
    """A socket that listens where the settings say. Raises SettingsError if it cannot."""
    try:
        return socket.create_server((settings.host, settings.port), backlog=BACKLOG)
    except OSError as error:
        reason = str(error.strerror or error).split(" (", 1)[0].lower()
        raise SettingsError(
            f"Cannot listen on {settings.host}:{settings.port}: {reason}.",
            "Stop what listens there, or choose another API_PORT or API_HOST.",
        ) from None


def serve(app: FastAPI, settings: ServeSettings, listener: socket.socket) -> None:
    """Serve until the process is told to stop; then answer what is under way, and return."""
    # uvicorn raises the signal again once it has drained; an interrupt is how serving ends.
    with suppress(KeyboardInterrupt):
        uvicorn.Server(_config(app, settings)).run(sockets=[listener])


class BackgroundServer:
    """The api in a thread, for a process that runs other parts too and keeps the signals to itself."""

    def __init__(self, settings: ApiSettings, adapters: Adapters, listener: socket.socket) -> None:
        self._listener = listener
        self._server = uvicorn.Server(_config(create_app(settings, adapters), settings.api))
        self._thread = Thread(target=self._serve, name="api", daemon=True)

    def start(self) -> None:
        """Start, and return at once: the listener holds early visitors until the app is ready."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what is under way, then stop. Safe to repeat, and before the start."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()

    def _serve(self) -> None:
        self._server.run(sockets=[self._listener])


def _config(app: FastAPI, settings: ServeSettings) -> uvicorn.Config:
    """The logs are the process's own, and the app writes its access log itself."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_timeout_seconds,
    )
