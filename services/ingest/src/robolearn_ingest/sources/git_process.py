"""Runs git on a stranger's repository: no prompt, no hook, no configuration but ours, with limits."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from robolearn.domain.errors import SourceError, Unavailable
from robolearn_ingest.sources.git_address import GitAddress, without_credentials
from robolearn_ingest.sources.settings import SourceSettings

_POLL_SECONDS = 0.2
_KEPT = ("GIT_SSL_", "GIT_PROXY_")
# Credentials go to git through the environment of this process tree, never through a command line or a file.
_HELPER = (
    '!f() { test "$1" = get && echo "username=$ROBOLEARN_USER" && echo "password=$ROBOLEARN_PASSWORD"; }; f'
)
_SAFETY = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.symlinks": "true",
    "core.autocrlf": "false",
    "core.protectHFS": "true",
    "core.protectNTFS": "true",
    "core.sparseCheckout": "true",
    "submodule.recurse": "false",
    "fetch.recurseSubmodules": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
    "advice.detachedHead": "false",
}


class GitFailed(Exception):  # the caller turns it into a sentence
    """Git ended with an error; the text is what it said, without credentials."""


class Git:
    """Git in one private folder, until a common deadline."""

    def __init__(self, folder: Path, address: GitAddress, settings: SourceSettings) -> None:
        self._folder = folder
        self._address = address
        self._settings = settings
        self._deadline = time.monotonic() + settings.clone_timeout_seconds
        self._environment = _environment(address, settings)

    def run(self, *arguments: str) -> str:
        """What git printed. Raises GitFailed, SourceError over a limit, Unavailable without git."""
        with tempfile.TemporaryFile() as output:
            process = self._start(arguments, output.fileno())
            try:
                self._wait(process)
            finally:
                _end(process)
            output.seek(0)
            said = self._cleaned(output.read(65_536).decode("utf-8", "replace"))
        if process.returncode:
            raise GitFailed(said)
        self._check_size()
        return said.strip()

    def _start(self, arguments: tuple[str, ...], output: int) -> subprocess.Popen[bytes]:
        options = [part for key, value in _SAFETY.items() for part in ("-c", f"{key}={value}")]
        try:
            return subprocess.Popen(
                ["git", *options, *arguments],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that ending it ends ssh and the helpers too
            )
        except FileNotFoundError:
            raise Unavailable("The program git is not installed.", "Install git, or give a folder.") from None

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_POLL_SECONDS)
                return
            if time.monotonic() > self._deadline:
                seconds = self._settings.clone_timeout_seconds
                reason = f"Fetching {self._address.location} took longer than {seconds:g} seconds."
                raise SourceError(reason, "Try again, or raise SOURCE_CLONE_TIMEOUT_SECONDS.")
            self._check_size()

    def _check_size(self) -> None:
        if _size(self._folder) > self._settings.max_clone_bytes:
            limit = self._settings.max_clone_bytes
            reason = f"{self._address.location} is larger than {limit:,} bytes."
            raise SourceError(
                reason, "Fetch it yourself and give the folder, or raise SOURCE_MAX_CLONE_BYTES."
            )

    def _cleaned(self, text: str) -> str:
        for secret in (self._address.password, self._address.username):
            if secret and (self._address.scheme != "ssh" or secret != self._address.username):
                text = text.replace(secret, "…")
        return without_credentials(text)


def _environment(address: GitAddress, settings: SourceSettings) -> dict[str, str]:
    ours = {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "SSH_ASKPASS": "true",
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=20",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_ALLOW_PROTOCOL": ":".join(settings.allowed_schemes),
        "LC_ALL": "C",
    }
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(_KEPT)
    }
    return kept | ours | _credentials(address)


def _credentials(address: GitAddress) -> dict[str, str]:
    if address.scheme == "ssh" or address.username is None:
        return {}
    return {
        "ROBOLEARN_USER": address.username,
        "ROBOLEARN_PASSWORD": address.password or "",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"credential.{address.site}.helper",
        "GIT_CONFIG_VALUE_0": _HELPER,
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # git moves its temporary files while we look
                total += os.lstat(os.path.join(parent, name)).st_size  # noqa: PTH118  # hot loop
    return total
