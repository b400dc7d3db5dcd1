"""Serving as the settings say: in this process, in several, or anew with each change of the program."""

import socket

from robolearn.observability import configure_logs
from robolearn.settings import load
from robolearn_api.listening import listen
from robolearn_api.settings import ApiSettings


def serve() -> None:
    """Check the settings, take the port, serve until told to stop. Raises SettingsError."""
    settings = load(ApiSettings)
    settings.require_sharable()
    configure_logs(settings.log)
    with listen(settings.api) as listener:
        _serve(settings, listener)


def _serve(settings: ApiSettings, listener: socket.socket) -> None:
    """Imports are lazy: a supervisor stays small, since it loads neither the application nor its model."""
    if settings.api.reload:
        from robolearn_api.reloading import serve_reloading

        serve_reloading(settings.api, listener)
    elif settings.api.processes > 1:
        from robolearn_api.processes import serve_in_processes

        serve_in_processes(settings.api, listener)
    else:
        from robolearn_api.app import create_app
        from robolearn_api.serving import serve

        serve(create_app(settings), settings.api, listener)
