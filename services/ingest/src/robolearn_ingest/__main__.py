"""`python -m robolearn_ingest`: the commands of the ingest alone, as its container runs them."""

import signal

from robolearn.commands import run


def main() -> None:
    """Run the command line; SIGTERM interrupts it like Ctrl-C, from the first moment on.

    The first process of a container has no default for it: the signal would be ignored.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from robolearn_ingest.cli import app  # a second, in which we can be told to stop already

    app()


if __name__ == "__main__":
    run(main)
