"""Serving that starts anew with each change of the program, for development."""

import socket

import uvicorn
from uvicorn.supervisors.watchfilesreload import WatchFilesReload

import robolearn
import robolearn_api
from robolearn_api.listening import APPLICATION, config
from robolearn_api.settings import ServeSettings

WATCHED = ["*.py", "*.html", "*.css", "*.js"]


def serve_reloading(settings: ServeSettings, listener: socket.socket) -> None:
    """Serve until told to stop. A program that cannot start is tried again after the next change."""
    folders = [folder for package in (robolearn, robolearn_api) for folder in package.__path__]
    options = config(
        APPLICATION, settings, factory=True, reload=True, reload_dirs=folders, reload_includes=WATCHED
    )
    WatchFilesReload(options, target=uvicorn.Server(options).run, sockets=[listener]).run()
