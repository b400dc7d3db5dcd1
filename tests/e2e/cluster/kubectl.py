"""kubectl, on the cluster of the tests and on no other."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..containers.commands import ROOT

NAMESPACE = "robotics-platform"
Object = dict[str, Any]


class Kubectl:
    """Speaks to the cluster of one kubeconfig, in the platform's namespace if none is named."""

    def __init__(self, kubeconfig: Path) -> None:
        self.environment = os.environ | {"KUBECONFIG": str(kubeconfig)}

    def try_(
        self, *arguments: str, input: str | None = None, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run kubectl, whatever comes of it."""
        return self.run(["kubectl", "-n", NAMESPACE, *arguments], input=input, timeout=timeout)

    def __call__(self, *arguments: str, input: str | None = None, timeout: float = 120) -> str:
        """What kubectl prints. Raises AssertionError with what it said where it fails."""
        return _printed(self.try_(*arguments, input=input, timeout=timeout))

    def make(self, target: str, *arguments: str, timeout: float = 700) -> str:
        """What an operator's make target prints. Raises AssertionError with what it said where it fails."""
        return _printed(self.run(["make", "--silent", target, *arguments], timeout=timeout))

    def run(
        self,
        command: list[str],
        *,
        input: str | None = None,
        timeout: float = 120,
        also: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the checkout that finds this cluster."""
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment | dict(also or {}),
            input=input,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def get(self, *what: str) -> Object:
        """One object, or a list of them."""
        found: Object = json.loads(self("get", *what, "-o", "json"))
        return found

    def items(self, *what: str) -> list[Object]:
        """All objects of a kind, or those that options select."""
        found: list[Object] = self.get(*what)["items"]
        return found

    def create(self, *objects: Object) -> None:
        """Create objects."""
        self("create", "-f", "-", input="\n---\n".join(map(json.dumps, objects)))


def _printed(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode:
        command = " ".join(done.args)
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stderr}\n{done.stdout}")
    return done.stdout
