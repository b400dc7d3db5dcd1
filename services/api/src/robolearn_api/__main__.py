"""`python -m robolearn_api`: serve until told to stop."""

import socket
import sys

import uvicorn

from robolearn.domain.errors import RobolearnError, SettingsError
from robolearn.observability import configure_logs
from robolearn.settings import load
from robolearn_api.app import create_app
from robolearn_api.settings import ApiSettings, ServeSettings


def main() -> int:
    """Serve, and return the exit code."""
    try:
        settings = load(ApiSettings)
        configure_logs(settings.log)
        listener = listen(settings.api)
    except RobolearnError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=settings.api.shutdown_timeout_seconds,
        )
    )
    with listener:
        server.run(sockets=[listener])
    return 0 if server.started else 1


def listen(settings: ServeSettings) -> socket.socket:
    """A socket that listens where the settings say. Raises SettingsError if it cannot."""
    try:
        return socket.create_server((settings.host, settings.port), backlog=2048)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {settings.host}:{settings.port}: {(error.strerror or str(error)).lower()}.",
            "Stop what listens there, or choose another API_PORT or API_HOST.",
        ) from None


if __name__ == "__main__":
    sys.exit(main())
