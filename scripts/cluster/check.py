#!/usr/bin/env python3
"""Say what the cluster that kubectl speaks to lacks for these manifests, before anything is applied.

check.py FOLDER: exit code 0 if it will do, 1 with one line for each thing that is missing. Needs kubectl and
Python alone.
"""

import re
import sys
from collections.abc import Iterator
from typing import Any

from asking import Unreachable, ask, listed

OLDEST = (1, 30)  # pods leave their endpoints by `preStop.sleep`, which older kubelets do not know
UNITS = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "k": 1e3, "M": 1e6, "G": 1e9, "m": 1e-3}
DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"
WORKLOADS = ("Deployment", "StatefulSet")
REPELS = ("NoSchedule", "NoExecute")  # effects of a taint, which nothing of ours tolerates


def amount(text: str) -> float:
    """A Kubernetes quantity in processors or bytes: `250m` is 0.25, `1Gi` is 1073741824."""
    for unit, factor in UNITS.items():
        if text.endswith(unit):
            return float(text[: -len(unit)]) * factor
    return float(text)


def age() -> Iterator[str]:
    """Too old a cluster."""
    (version,) = ask("get", "--raw", "/version")
    yield from too_old("it runs", int(version["major"]), int(version["minor"].rstrip("+")))


def kubelets() -> Iterator[str]:
    """Nodes older than their API server: it is they who start and stop pods."""
    for one in listed("nodes"):
        version = one["status"].get("nodeInfo", {}).get("kubeletVersion", "")
        if match := re.match(r"v(\d+)\.(\d+)", version):
            yield from too_old("a node runs", *map(int, match.groups()))


def too_old(who: str, *version: int) -> Iterator[str]:
    """Whether a version is."""
    if version < OLDEST:
        found, oldest = (".".join(map(str, one)) for one in (version, OLDEST))
        yield f"{who} Kubernetes {found}, and {oldest} or newer is needed: upgrade it"


def storage() -> Iterator[str]:
    """No storage class for claims that name none."""
    classes = listed("storageclasses")
    if not any(one["metadata"].get("annotations", {}).get(DEFAULT_CLASS) == "true" for one in classes):
        names = ", ".join(one["metadata"]["name"] for one in classes) or "there is none at all"
        yield f"no storage class is the default ({names}): annotate one with {DEFAULT_CLASS}=true"


def metrics() -> Iterator[str]:
    """No resource metrics, without which nothing scales."""
    # Not custom.metrics.k8s.io and its like, which measure no processor.
    found = [one for one in listed("apiservices") if one["spec"].get("group") == "metrics.k8s.io"]
    fine = [c for one in found for c in one["status"].get("conditions", []) if c["type"] == "Available"]
    if not any(condition["status"] == "True" for condition in fine):
        yield "no metrics API (metrics.k8s.io) answers: install metrics-server, or nothing scales"


def room(folder: str) -> Iterator[str]:
    """Fewer processors or less memory than the manifests reserve."""
    nodes = [one["status"]["allocatable"] for one in listed("nodes") if takes_pods(one)]
    for resource, unit, factor in (("cpu", "processors", 1.0), ("memory", "GiB", 2**30)):
        has = sum(amount(node[resource]) for node in nodes) / factor
        needs = reserved(folder, resource) / factor
        if has < needs:
            lack = f"it has {has:.1f} {unit} on nodes that take pods, {needs:.1f} are reserved"
            yield f"{lack}: add nodes, or use k8s/overlays/local"


def takes_pods(node: Any) -> bool:
    """Whether anything of ours can be put there: it is ready, not cordoned, and not kept for others."""
    spec, conditions = node.get("spec", {}), node["status"].get("conditions", ())
    tainted = any(taint["effect"] in REPELS for taint in spec.get("taints", ()))
    ready = all(one["status"] == "True" for one in conditions if one["type"] == "Ready")
    return ready and not tainted and not spec.get("unschedulable")


def reserved(folder: str, resource: str) -> float:
    """What all workloads ask for, with the fewest pods that each may have."""
    rendered = ask("create", "--dry-run=client", "--validate=false", "-k", folder, "-o", "json")
    scalers = [one["spec"] for one in rendered if one["kind"] == "HorizontalPodAutoscaler"]
    fewest = {one["scaleTargetRef"]["name"]: one.get("minReplicas", 1) for one in scalers}
    workloads = [one for one in rendered if one["kind"] in WORKLOADS]
    pods = [(one["spec"].get("replicas") or fewest.get(one["metadata"]["name"], 1), one) for one in workloads]
    containers = [(n, c) for n, one in pods for c in one["spec"]["template"]["spec"]["containers"]]
    return sum(count * amount(one["resources"]["requests"][resource]) for count, one in containers)


def missing(folder: str) -> Iterator[str]:
    """What each check finds; one that is not answered leaves the others their say."""
    try:
        yield from age()
    except Unreachable as error:  # nobody is there to ask
        yield f"{error}"
        return
    for check in (kubelets(), storage(), metrics(), room(folder)):
        try:
            yield from check
        except Unreachable as error:
            yield f"{error}"


def main(folder: str) -> int:
    """Print what is missing, each once."""
    found = dict.fromkeys(missing(folder))
    for one in found:
        print(f"k8s-check: this cluster will not do: {one}.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "k8s"))
