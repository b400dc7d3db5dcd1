"""`make k8s-check` tells what a cluster lacks; a stub stands for kubectl, and answers as clusters do."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .combinations import ROOT
from .rendering import render

DEFAULT = "storageclass.kubernetes.io/is-default-class"
# In place of kubectl: its second argument says what is asked for. It refuses what it has no answer to.
STUB = """#!/bin/sh
[ -e "{folder}/$2.json" ] || {{ echo "Error from server (Forbidden): you may not see $2" >&2; exit 1; }}
exec cat -- "{folder}/$2.json"
"""
REFUSED = "refused"
Check = Callable[..., subprocess.CompletedProcess[str]]


def _class(default: str) -> dict[str, Any]:
    return {"metadata": {"name": "standard", "annotations": {DEFAULT: default}}}


def _metrics(group: str, available: str) -> dict[str, Any]:
    conditions = [{"type": "Available", "status": available}]
    return {
        "metadata": {"name": f"v1.{group}"},
        "spec": {"group": group},
        "status": {"conditions": conditions},
    }


def _node(cpu: str, memory: str, spec: Any = None, ready: str = "True", kubelet: str = "v1.33.1") -> Any:
    status = {
        "allocatable": {"cpu": cpu, "memory": memory},
        "conditions": [{"type": "MemoryPressure", "status": "False"}, {"type": "Ready", "status": ready}],
        "nodeInfo": {"kubeletVersion": kubelet},
    }
    return {"spec": spec or {}, "status": status}


def _tainted(effect: str) -> dict[str, Any]:
    return {"taints": [{"key": "node-role.kubernetes.io/control-plane", "effect": effect}]}


@pytest.fixture
def check(kubectl: None, tmp_path: Path) -> Check:
    """Runs it on a cluster that will do, but for what is given."""
    objects = render("default").objects
    answers: dict[str, Any] = {
        "--raw": {"major": "1", "minor": "33"},
        "storageclasses": [_class("true")],
        # The first is that of the core, which has no group.
        "apiservices": [{"metadata": {"name": "v1."}, "spec": {}}, _metrics("metrics.k8s.io", "True")],
        # A taint that only asks, and a node that tells of nothing else.
        "nodes": [
            _node("2", "3Gi", _tainted("PreferNoSchedule")),
            {"status": {"allocatable": {"cpu": "1500m", "memory": "2097152Ki"}}},
        ],
        "--dry-run=client": "\n".join(json.dumps(one, indent=4) for one in objects),
    }

    def run(question: str = "nodes", answer: Any = None, **more: Any) -> subprocess.CompletedProcess[str]:
        for name, told in (answers | more | ({question: answer} if answer is not None else {})).items():
            if told == REFUSED:
                continue
            text = (
                told
                if isinstance(told, str)
                else json.dumps({"items": told} if isinstance(told, list) else told)
            )
            (tmp_path / f"{name}.json").write_text(text)
        stub = tmp_path / "kubectl"
        stub.write_text(STUB.format(folder=tmp_path))
        stub.chmod(0o755)
        command = [sys.executable, str(ROOT / "scripts" / "cluster" / "check.py"), "k8s"]
        environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_cluster_that_will_do_is_told_nothing(check: Check) -> None:
    done = check()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("--raw", {"major": "1", "minor": "29+"}, "it runs Kubernetes 1.29, and 1.30 or newer"),
        ("storageclasses", [], "no storage class is the default (there is none at all)"),
        ("storageclasses", [_class("false")], "no storage class is the default (standard)"),
        ("apiservices", [], "no metrics API"),
        ("apiservices", [_metrics("metrics.k8s.io", "False")], "no metrics API"),
        ("apiservices", [_metrics("custom.metrics.k8s.io", "True")], "no metrics API"),
        ("nodes", [_node("500m", "64Gi")], "it has 0.5 processors on nodes that take pods, 1.3 are reserved"),
        ("nodes", [_node("8", "1Gi")], "it has 1.0 GiB on nodes that take pods, 2.2 are reserved"),
        ("nodes", [_node("8", "64Gi", kubelet="v1.29.4+k3s1")], "a node runs Kubernetes 1.29, and 1.30"),
    ],
)
def test_what_it_lacks_is_told_in_one_line(check: Check, question: str, answer: Any, told: str) -> None:
    done = check(question, answer)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"k8s-check: this cluster will not do: {told}")


@pytest.mark.parametrize(
    "node",
    [
        _node("8", "1Gi", {"unschedulable": True}),
        _node("8", "1Gi", _tainted("NoSchedule")),
        _node("8", "1Gi", _tainted("NoExecute")),
        _node("8", "1Gi", ready="Unknown"),
    ],
)
def test_a_node_that_takes_no_pods_adds_no_room(check: Check, node: Any) -> None:
    done = check("nodes", [_node("500m", "64Gi"), node])
    assert "it has 0.5 processors on nodes that take pods" in done.stderr


def test_what_may_not_be_seen_hides_nothing_else(check: Check) -> None:
    done = check("nodes", REFUSED, storageclasses=[])
    seen, lacking = done.stderr.splitlines()
    assert seen.endswith("Error from server (Forbidden): you may not see nodes.")
    assert "no storage class is the default" in lacking


def test_a_cluster_that_does_not_answer_is_told_once(check: Check) -> None:
    done = check("--raw", REFUSED, storageclasses=[])
    (line,) = done.stderr.splitlines()
    assert line.endswith("you may not see --raw.")


def test_without_kubectl_that_is_said(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "cluster" / "check.py")]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "k8s-check: this cluster will not do: kubectl is not installed.\n"
