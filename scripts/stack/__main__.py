"""The command line behind make/compose.mk: `python3 -m scripts.stack dev|prod COMMAND [...]`."""

import argparse
import subprocess
import sys
from collections.abc import Callable

from scripts.stack import backups, checks, drill, passwords, removal, scaling, seeding, starting
from scripts.stack.refusal import Refused, say
from scripts.stack.stacks import Stack, choose

SETTINGS_WRONG = 78  # EX_CONFIG of sysexits.h, as the programs use it
INTERRUPTED = 130


def _secrets(stack: Stack, _: list[str]) -> int:
    made = passwords.make(stack.env_file)
    done = (
        f"made {', '.join(made)} in {stack.env_file}"
        if made
        else f"{stack.env_file} has them all; nothing was changed"
    )
    say(f"Secrets: {done}.")
    return 0


def _quietly(work: Callable[[Stack], None]) -> Callable[[Stack, list[str]], int]:
    def command(stack: Stack, _: list[str]) -> int:
        work(stack)
        return 0

    return command


def _scale(stack: Stack, arguments: list[str]) -> int:
    scaling.scale(stack, {name: number for name, _, number in (one.partition("=") for one in arguments)})
    return 0


def _restore(stack: Stack, arguments: list[str]) -> int:
    backups.restore(stack, *arguments)
    return 0


COMMANDS: dict[str, Callable[[Stack, list[str]], int]] = {
    "secrets": _secrets,
    "preflight": _quietly(checks.preflight),
    "up": _quietly(starting.up),
    "scale": _scale,
    "seed": lambda stack, arguments: seeding.seed(stack, *arguments),
    "backup": lambda stack, _: backups.command(stack, "backup"),
    "backups": lambda stack, _: backups.command(stack, "backups"),
    "restore": _restore,
    "drill": _quietly(drill.drill),
    "destroy": _quietly(removal.destroy),
    "compose": lambda stack, arguments: stack.run(*arguments),
}


def main() -> int:
    """Run one command. Problems are told without a traceback."""
    parser = argparse.ArgumentParser(prog="python3 -m scripts.stack", description=__doc__)
    parser.add_argument("stack", choices=("dev", "prod"))
    parser.add_argument("command", choices=tuple(COMMANDS))
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    try:
        return COMMANDS[asked.command](choose(asked.stack), asked.arguments)
    except Refused as refused:
        print(refused.told(), file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"robolearn: {' '.join(error.cmd[:3])} failed: {error.stderr.strip()}", file=sys.stderr)
    except FileNotFoundError as error:
        print(f"robolearn: {error.filename} cannot be found; install Docker.", file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    return SETTINGS_WRONG


if __name__ == "__main__":
    sys.exit(main())
