"""Every pod template is restricted, whatever kind it is part of."""

from copy import deepcopy
from typing import Any

import pytest

from .combinations import K8S
from .pods import Object
from .rendering import Rendered
from .restricted import faults

CLOSED: Object = {
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
    "containers": [
        {
            "name": "one",
            "securityContext": {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            },
        }
    ],
}

CONTEXT = ("containers", 0, "securityContext")


def test_every_pod_template_is_restricted(rendered: Rendered) -> None:
    assert rendered.pods
    assert {str(pod): found for pod in rendered.pods if (found := list(faults(pod.spec)))} == {}


def test_the_namespace_admits_no_other(rendered: Rendered) -> None:
    (namespace,) = rendered.of("Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    inside = [one for one in rendered.objects if one["kind"] not in ("Namespace", "PriorityClass")]
    assert {one["metadata"].get("namespace") for one in inside} == {namespace["metadata"]["name"]}


def test_a_closed_one_has_no_fault() -> None:
    assert list(faults(CLOSED)) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("securityContext",), {}, "may run as root"),
        (("securityContext", "runAsUser"), 0, "may run as root"),
        (("securityContext", "seccompProfile"), {"type": "Unconfined"}, "no seccomp profile"),
        (("hostNetwork",), True, "shares the host's namespaces"),
        (("volumes",), [{"name": "docker", "hostPath": {"path": "/"}}], "volume docker is of the host"),
        (CONTEXT, {}, "one: may gain privileges"),
        ((*CONTEXT, "privileged"), True, "one: may gain privileges"),
        ((*CONTEXT, "capabilities", "add"), ["SYS_ADMIN"], "one: keeps capabilities"),
        ((*CONTEXT, "readOnlyRootFilesystem"), False, "one: may write into its image"),
        ((*CONTEXT, "runAsUser"), 0, "one: may run as root"),
        (("containers", 0, "ports"), [{"containerPort": 1, "hostPort": 1}], "one: takes a port of the host"),
        (("initContainers",), [{"name": "two"}], "two: may gain privileges"),
    ],
)  # fmt: skip
def test_each_fault_is_seen(path: tuple[Any, ...], value: Any, fault: str) -> None:
    spec = deepcopy(CLOSED)
    *parents, last = path
    place: Any = spec
    for key in parents:
        place = place[key]
    place[last] = value
    assert fault in list(faults(spec))


@pytest.mark.parametrize("said", ["allowPrivilegeEscalation", "readOnlyRootFilesystem", "runAsNonRoot"])
def test_one_component_says_it_for_all(said: str) -> None:
    places = {path.parent.name for path in K8S.rglob("*.yaml") if f"{said}:" in path.read_text()}
    assert places == {"hardened"}
