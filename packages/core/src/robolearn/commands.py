"""How every command of the platform ends: a clear sentence and an exit code instead of a traceback."""

import errno
import sys
from collections.abc import Callable
from typing import NoReturn

from robolearn.domain.errors import RobolearnError

INTERRUPTED = 130
CANNOT_CREATE = 73  # EX_CANTCREAT of sysexits.h


def run(command: Callable[[], object]) -> NoReturn:
    """Run a command line to its end. Expected errors are one sentence on standard error."""
    try:
        command()
    except RobolearnError as error:
        _end(str(error), error.exit_code)
    except KeyboardInterrupt:
        _end("Interrupted; nothing was left half done.", INTERRUPTED)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _end(
            f"The disk is full: {error.filename or 'no space left'}. Free some space and run it again.",
            CANNOT_CREATE,
        )
    sys.exit(0)


def _end(sentence: str, code: int) -> NoReturn:
    print(f"robolearn: {sentence}", file=sys.stderr)
    sys.exit(code)
