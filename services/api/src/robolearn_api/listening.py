"""Where the api listens and how uvicorn is to serve it. Imports no application: a supervisor needs none."""

import socket
from typing import Any

import uvicorn

from robolearn.domain.errors import SettingsError
from robolearn_api.settings import ServeSettings

BACKLOG = 2048

APPLICATION = "robolearn_api.child:create"
"""What a supervisor's processes serve."""


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


def config(app: Any, settings: ServeSettings, **options: Any) -> uvicorn.Config:
    """The logs are the process's own, and the app writes its access log itself."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=settings.shutdown_timeout_seconds,
        **options,
    )
