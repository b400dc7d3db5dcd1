"""Serving in this process, in the foreground and beside something else."""

import socket
from contextlib import suppress
from threading import Thread

import uvicorn
from fastapi import FastAPI

from robolearn_api.adapters import Adapters
from robolearn_api.app import create_app
from robolearn_api.listening import config
from robolearn_api.settings import ApiSettings, ServeSettings


def serve(app: FastAPI, settings: ServeSettings, listener: socket.socket) -> None:
    """Serve until the process is told to stop; then answer what is under way, and return."""
    # uvicorn raises the signal again once it has drained; an interrupt is how serving ends.
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config(app, settings)).run(sockets=[listener])


class BackgroundServer:
    """The api in a thread, for a process that runs other parts too and keeps the signals to itself."""

    def __init__(self, settings: ApiSettings, adapters: Adapters, listener: socket.socket) -> None:
        self._listener = listener
        self._server = uvicorn.Server(config(create_app(settings, adapters), settings.api))
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
