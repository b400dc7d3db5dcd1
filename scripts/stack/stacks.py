"""The two stacks, and how Compose is called for each."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.stack import docker, envfile

PINS = Path("docker/pins.env")  # written by `make pin-images`; what an operator sets goes before it


@dataclass(frozen=True)
class Stack:
    """A Compose file and what it is read with. `changes` are on top of both file and shell."""

    name: str
    file: str
    project: str
    env_file: Path
    serving: tuple[str, ...]
    loader: str
    changes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_production(self) -> bool:
        return self.name == "prod"

    @cached_property
    def shell(self) -> dict[str, str]:
        """The environment of the commands."""
        return {**os.environ, **self.changes}

    @cached_property
    def values(self) -> dict[str, str]:
        """What the Compose file sees: the shell's variables win over the file's, as Compose has it."""
        return {**envfile.read(self.env_file), **self.shell}

    def value(self, name: str, default: str = "") -> str:
        """A variable, or its default where it is empty."""
        return self.values.get(name) or default

    def compose(self, *arguments: str) -> list[str]:
        """The command line. A missing file of settings is no file, not Compose's own .env."""
        files = [str(one) for one in (PINS, self.env_file) if one.is_file()] or [os.devnull]
        settings = [part for file in files for part in ("--env-file", file)]
        return ["docker", "compose", "-p", self.project, "-f", self.file, *settings, *arguments]

    def run(self, *arguments: str) -> int:
        """Let Compose do something in front of the operator."""
        return docker.run(self.compose(*arguments), self.shell)

    def answer(self, *arguments: str) -> str:
        """What Compose prints."""
        return docker.answer(self.compose(*arguments), self.shell)

    def config(self) -> dict[str, Any]:
        """The file with everything filled in."""
        return docker.objects(self.compose("config", "--format", "json"), self.shell)[0]

    def containers(self) -> list[dict[str, Any]]:
        """Those of this stack, running or not."""
        return docker.objects(self.compose("ps", "--all", "--format", "json"), self.shell)

    def remove_volume(self, name: str) -> None:
        """Remove one of its volumes, which no container uses any more."""
        docker.answer(["docker", "volume", "rm", f"{self.project}_{name}"])

    def apart(self, project: str, **changes: str) -> "Stack":
        """The same stack beside this one, under another name."""
        return replace(self, project=project, changes={**self.changes, **changes})


def choose(name: str) -> Stack:
    """The stack `dev` or `prod`; the shell may change the project's name and the file of settings."""
    project = os.environ.get("COMPOSE_PROJECT_NAME")
    if name == "prod":
        env_file = Path(os.environ.get("ENV_FILE") or ".env.prod")
        return Stack(
            name,
            "docker-compose.prod.yml",
            project or "robotics-platform-prod",
            env_file,
            ("api", "worker", "beat"),
            "ingest",
        )
    serving = ("api", "worker", "beat", "curriculum")
    return Stack(
        name, "docker-compose.yml", project or "robotics-platform", Path(".env"), serving, "curriculum"
    )


def ask(question: str) -> bool:
    """Whether the operator says yes. Where nobody can be asked, nobody did."""
    if os.environ.get("YES"):
        return True
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
