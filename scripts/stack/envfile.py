"""A file of NAME=value lines, as Compose reads it with --env-file."""

import os
import re
from pathlib import Path

_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$")


def read(path: Path) -> dict[str, str]:
    """Names and values; a missing file has none. Quotes and comments after a blank are taken off."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (_LINE.match(line) for line in lines if not line.lstrip().startswith("#"))
    return {match[1]: _value(match[2]) for match in found if match}


def _value(written: str) -> str:
    if len(written) > 1 and written[0] == written[-1] and written[0] in "'\"":
        return written[1:-1]
    return re.sub(r"(^|\s+)#.*", "", written)


def append(path: Path, text: str) -> None:
    """Add lines to the file, which only its owner may read. Made where it is missing."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    gap = "" if not before or before.endswith("\n") else "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(gap + text)
