"""`make k8s-check` tells what a cluster lacks, before anything is applied."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .kubectl import Kubectl
from .platform import Platform

DEFAULT = "storageclass.kubernetes.io/is-default-class"
# In place of kubectl: says something else for one question, and asks the real one for all others.
SHIM = """#!/bin/sh
case "$*" in
    "{question}") printf '%s' '{answer}' ;;
    *) PATH="{path}" exec kubectl "$@" ;;
esac
"""
POOR = {
    "an old cluster": (
        "get --raw /version",
        '{"major": "1", "minor": "29+"}',
        "it runs Kubernetes 1.29, and 1.30 or newer is needed: upgrade it",
    ),
    "a cluster without metrics": (
        "get apiservices -o json",
        '{"items": []}',
        "no metrics API (metrics.k8s.io) answers: install metrics-server, or nothing scales",
    ),
    "a small cluster": (
        "get nodes -o json",
        '{"items": [{"status": {"allocatable": {"cpu": "500m", "memory": "64Gi"}}}]}',
        "are reserved: add nodes, or use k8s/overlays/local",
    ),
}


def check(kubectl: Kubectl, folder: Path, **also: str) -> subprocess.CompletedProcess[str]:
    return kubectl.run(["make", "--silent", "k8s-check", f"K8S={folder}"], also=also)


def test_a_cluster_that_will_do_is_told_nothing(platform: Platform) -> None:
    done = check(platform.kubectl, platform.folder)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("what", POOR)
def test_what_a_cluster_lacks_is_told(platform: Platform, what: str, tmp_path: Path) -> None:
    question, answer, told = POOR[what]
    path = platform.kubectl.environment["PATH"]
    shim = tmp_path / "kubectl"
    shim.write_text(SHIM.format(question=question, answer=answer, path=path))
    shim.chmod(0o755)

    done = check(platform.kubectl, platform.folder, PATH=f"{tmp_path}:{path}")

    assert done.returncode != 0
    (line,) = [one for one in done.stderr.splitlines() if one.startswith("k8s-check")]
    assert line.startswith("k8s-check: this cluster will not do: ")
    assert told in line


@contextmanager
def without_default(kubectl: Kubectl) -> Iterator[None]:
    """No storage class is the default for a moment."""
    classes = [f"storageclass/{one['metadata']['name']}" for one in kubectl.items("storageclasses")]
    defaults = [one for one in classes if kubectl.get(one)["metadata"].get("annotations", {}).get(DEFAULT)]
    kubectl("annotate", "--overwrite", *defaults, f"{DEFAULT}=false")
    try:
        yield
    finally:
        kubectl("annotate", "--overwrite", *defaults, f"{DEFAULT}=true")


def test_a_cluster_without_a_default_storage_class_is_told_so(platform: Platform) -> None:
    with without_default(platform.kubectl):
        done = check(platform.kubectl, platform.folder)

    assert done.returncode != 0
    assert "no storage class is the default" in done.stderr


def test_a_cluster_that_does_not_answer_is_told_in_one_line(platform: Platform, tmp_path: Path) -> None:
    empty = tmp_path / "kubeconfig"
    empty.write_text("apiVersion: v1\nkind: Config\n")

    done = check(platform.kubectl, platform.folder, KUBECONFIG=str(empty))

    assert done.returncode != 0
    (line,) = [one for one in done.stderr.splitlines() if not one.startswith("make")]
    assert line.startswith("k8s-check: this cluster will not do: ")
    assert "refused" in line
