"""`make k8s-pin`: production runs digests, of a registry that says them, or stays as it was."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from .combinations import K8S, ROOT
from .guide import EXAMPLE
from .pods import pod_of

REGISTRY = "registry.example.org/robots"
DIGEST = re.compile(r"[\w./-]+@sha256:[0-9a-f]{64}")
# In place of docker: a digest that is a function of the image's name, or a refusal.
DOCKER = """#!/bin/sh
for image in "$@"; do :; done
case $image in
    *{refused}*) echo "ERROR: $image: not found" >&2; exit 1 ;;
    *) printf 'sha256:%s\\n' "$(printf %s "$image" | sha256sum | cut -d' ' -f1)" ;;
esac
"""
Pin = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the checkout, as far as it is read and written."""
    shutil.copytree(K8S, tmp_path / "k8s")
    shutil.copytree(ROOT / "monitoring" / "grafana", tmp_path / "monitoring" / "grafana")
    (tmp_path / "scripts" / "cluster").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "cluster" / "pin.py", tmp_path / "scripts" / "cluster")
    return tmp_path


@pytest.fixture
def pin(copy: Path) -> Pin:
    """Runs it there, with a registry that does not have one image."""

    def run(*arguments: str, refused: str = "/nothing/") -> subprocess.CompletedProcess[str]:
        folder = copy / "bin"
        folder.mkdir()
        (folder / "docker").write_text(DOCKER.format(refused=refused))
        (folder / "docker").chmod(0o755)
        command = [sys.executable, str(copy / "scripts" / "cluster" / "pin.py"), *arguments]
        environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def _pinned(copy: Path) -> str:
    return (copy / "k8s" / "overlays" / "production" / "pinned" / "kustomization.yaml").read_text()


@pytest.mark.usefixtures("kubectl")
@pytest.mark.parametrize("overlay", ["production", "mine"])
def test_every_image_of_production_is_a_digest(pin: Pin, copy: Path, overlay: str) -> None:
    """Those of exporters and pooler, too, where an environment lists them as the guide's example does."""
    overlays = copy / "k8s" / "overlays"
    (overlays / "mine").mkdir()
    (overlays / "mine" / "kustomization.yaml").write_text(EXAMPLE)
    done = pin(f"{REGISTRY}/", "v0.1.0")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", _pinned(copy))

    command = ["kubectl", "kustomize", str(overlays / overlay)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pods = [pod for one in yaml.safe_load_all(text) if (pod := pod_of(one))]
    images = {container["image"] for pod in pods for container in pod.containers}
    assert {image for image in images if not DIGEST.fullmatch(image)} == set()
    asked = f"{REGISTRY}/robotics-platform/api:v0.1.0"
    assert f"{asked.rpartition(':')[0]}@sha256:{sha256(asked.encode()).hexdigest()}" in images


@pytest.mark.parametrize("refused", ["robotics-platform/ingest", "redis"])
def test_where_a_registry_does_not_tell_nothing_is_written(pin: Pin, copy: Path, refused: str) -> None:
    before = _pinned(copy)
    done = pin(REGISTRY, "v0.1.0", refused=refused)
    assert (done.returncode, _pinned(copy)) == (69, before)
    (line,) = done.stderr.splitlines()
    assert line.startswith("k8s-pin: The registry does not tell the digest of ")
    assert refused in line


@pytest.mark.parametrize("arguments", [(), ("", "v0.1.0"), (REGISTRY,), (REGISTRY, "v0.1.0", "more")])
def test_without_a_registry_it_says_what_to_give(pin: Pin, copy: Path, arguments: tuple[str, ...]) -> None:
    before = _pinned(copy)
    done = pin(*arguments)
    assert (done.returncode, _pinned(copy)) == (64, before)
    assert done.stderr == "k8s-pin: Name the registry: make k8s-pin REGISTRY=registry.example.org/group\n"
