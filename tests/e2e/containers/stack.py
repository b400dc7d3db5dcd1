"""A stack under a name of its own: brought up, asked, broken, and removed with its data."""

import json
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .commands import run
from .places import Place

PATIENCE = 300


class Stack:
    """One of the two Compose files with an environment that is only this stack's."""

    def __init__(self, file: str, variables: Mapping[str, str], folder: Path, *profiles: str) -> None:
        self.place = Place()
        self.variables = {**self.place.variables, **variables}
        self.project = self.place.project
        self.env_file = folder / f"{self.project}.env"
        self.env_file.write_text("".join(f"{name}={value}\n" for name, value in self.variables.items()))
        self.env_file.chmod(0o600)
        self._file = file
        self._running: Counter[str] = Counter()
        self._profiles = [part for one in profiles for part in ("--profile", one)]

    @property
    def is_production(self) -> bool:
        """Which of the two files it is."""
        return "prod" in self._file

    def compose(
        self, *arguments: str, timeout: float = PATIENCE + 60, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run `docker compose` for this stack."""
        named = ["-p", self.project, "-f", self._file, "--env-file", str(self.env_file), *self._profiles]
        return run(
            ["docker", "compose", "--progress", "quiet", *named, *arguments], timeout=timeout, check=check
        )

    def make(
        self, target: str, *arguments: str, timeout: float = PATIENCE, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run an operator's make target on this stack."""
        here = {"COMPOSE_PROJECT_NAME": self.project, "ENV_FILE": str(self.env_file)} | self.variables
        kind = "ENV=prod" if self.is_production else "ENV=dev"
        return run(["make", "--silent", target, kind, *arguments], also=here, timeout=timeout, check=check)

    def up(self, *services: str, scale: Mapping[str, int] | None = None) -> None:
        """Start services (none named: all) and wait for health. The error tells what ails, and its logs."""
        scaled = [part for name, count in (scale or {}).items() for part in ("--scale", f"{name}={count}")]
        waiting = ("--wait", "--wait-timeout", str(PATIENCE))
        done = self.compose("up", "--detach", *waiting, *scaled, *services, check=False)
        ailing = [one for one in self.containers(*services) if not _is_well(one)]
        if ailing:
            states = [f"{one['Name']}: {one['Status']}" for one in ailing]
            logs = self.logs(*{one["Service"] for one in ailing})
            raise AssertionError("\n".join([f"{self.project} did not come up", *states, done.stderr, logs]))

    def settle(self) -> None:
        """Start all of it; later, start again whatever was stopped, killed or scaled since."""
        if not self._running or self._healthy() != self._running:
            self.up()
            self._running = self._healthy()

    def _healthy(self) -> Counter[str]:
        return Counter(
            one["Service"] for one in self.containers() if one["State"] == "running" and _is_well(one)
        )

    def down(self) -> None:
        """Remove everything of it."""
        self.compose("--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "5", check=False)

    def containers(self, *services: str) -> list[dict[str, Any]]:
        """Its containers, running or not: Name, Service, State, Health, Status, ExitCode, ID, Publishers."""
        listed = self.compose("ps", "--all", "--format", "json", *services).stdout
        return [json.loads(line) for line in listed.splitlines()]

    def exec(self, service: str, *command: str, index: int = 1, check: bool = True) -> str:
        """What a command says inside a running container."""
        return self.compose("exec", "-T", "--index", str(index), service, *command, check=check).stdout

    def run(self, service: str, *command: str, volumes: Mapping[Path, str] | None = None) -> str:
        """What a command says in a new container of a service."""
        mounts = [part for one, at in (volumes or {}).items() for part in ("--volume", f"{one}:{at}:ro")]
        return self.compose("run", "--rm", "-T", *mounts, service, *command).stdout

    def inspect(self, container: str) -> dict[str, Any]:
        """What the engine knows of a container."""
        found: list[dict[str, Any]] = json.loads(run(["docker", "inspect", container]).stdout)
        return found[0]

    def kill(self, container: str, signal: str = "KILL") -> None:
        """Send a signal to a container's first process."""
        run(["docker", "kill", "--signal", signal, container])

    def logs(self, *services: str, tail: int = 40) -> str:
        """The last lines of each service."""
        return self.compose("logs", "--no-color", "--tail", str(tail), *services, check=False).stdout


def _is_well(one: Mapping[str, Any]) -> bool:
    if one["State"] == "exited":
        return one["ExitCode"] == 0  # what had one thing to do has done it
    return bool(one["State"] == "running" and one["Health"] in ("", "healthy"))
