"""The commit of a folder that lies in a git working copy."""

import os
import re
import subprocess
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40,64}\Z")
_OPTIONS = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
_TIMEOUT_SECONDS = 5


def commit_of(folder: Path) -> str | None:
    """The commit that is checked out in a folder (40 or 64 hex digits), None where there is none to tell.

    Only `rev-parse` is run, which executes nothing of the repository.
    """
    if not any((parent / ".git").exists() for parent in (folder, *folder.parents)):
        return None
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    ours = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", *_OPTIONS, "-C", str(folder), "rev-parse", "--verify", "--quiet", "HEAD"]
    try:
        done = subprocess.run(
            command, env=kept | ours, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if _COMMIT.match(done.stdout.strip()) else None
