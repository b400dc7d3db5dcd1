"""`python -m robolearn_api`: serve until told to stop; `healthcheck` asks a server that runs."""

import sys
from collections.abc import Callable

from robolearn.commands import run

USAGE = "usage: python -m robolearn_api [healthcheck]"


def main() -> None:
    """What the arguments name. Each imports only what it needs: health is asked often, and must be cheap."""
    commands: dict[tuple[str, ...], Callable[[], None]] = {(): _serve, ("healthcheck",): _healthcheck}
    command = commands.get(tuple(sys.argv[1:]))
    if command is None:
        print(USAGE, file=sys.stderr)
        sys.exit(2)
    command()


def _serve() -> None:
    from robolearn_api.command import serve

    serve()


def _healthcheck() -> None:
    from robolearn_api.healthcheck import healthcheck

    healthcheck()


if __name__ == "__main__":
    run(main)
