"""Everything under k8s/ is built in some combination, and says everything once."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from .combinations import COMBINATIONS, K8S
from .pods import Pod, pod_of
from .rendering import Rendered, render

COMPONENTS = sorted(path.parent.name for path in (K8S / "components").glob("*/kustomization.yaml"))
OVERLAYS = sorted(path.parent.name for path in (K8S / "overlays").glob("*/kustomization.yaml"))

FILES = sorted(path for path in K8S.rglob("*.yaml") if " containers:\n" in path.read_text())


def test_every_component_is_built_in_some_combination() -> None:
    built = {part for one in COMBINATIONS.values() for part in one.parts}
    assert set(COMPONENTS) - built == set()


def test_every_overlay_is_built_as_it_is() -> None:
    assert {f"overlays/{name}" for name in OVERLAYS} < {one.folder for one in COMBINATIONS.values()}


@pytest.mark.parametrize("name", COMBINATIONS)
def test_hardened_is_the_last_of_its_list(name: str) -> None:
    combination = COMBINATIONS[name]
    file = K8S / combination.folder / "kustomization.yaml"
    components = combination.components or yaml.safe_load(file.read_text())["components"]
    assert components[-1].endswith("hardened")


def _key(one: dict[str, Any]) -> tuple[str, str]:
    return one["kind"], one["metadata"]["name"]


def test_every_object_is_there_once(rendered: Rendered) -> None:
    assert [key for key, count in Counter(map(_key, rendered.objects)).items() if count > 1] == []


def test_no_two_objects_say_the_same(rendered: Rendered) -> None:
    """Under different names, too: two policies, two budgets, two services for the same pods."""
    kinds = ("NetworkPolicy", "PodDisruptionBudget", "PodMonitor", "HorizontalPodAutoscaler")
    for one, other in combinations(rendered.of(*kinds), 2):
        assert one["kind"] != other["kind"] or one["spec"] != other["spec"], (_key(one), _key(other))


def _repeated(pod: Pod) -> list[str]:
    """Variables, sources, mounts and ports that a container names twice."""
    lists = [
        [str(one.get(key, one)) for one in container.get(field, ())]
        for container in pod.containers
        for field, key in (("env", "name"), ("envFrom", ""), ("volumeMounts", "mountPath"), ("ports", "name"))
    ]
    return [name for said in lists for name, count in Counter(said).items() if count > 1]


def test_nothing_is_named_twice_in_a_pod(rendered: Rendered) -> None:
    assert {str(pod): said for pod in rendered.pods if (said := _repeated(pod))} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(K8S)))
def test_nothing_is_named_twice_in_a_file(file: Path) -> None:
    """Patches would let the last win in silence."""
    found = [one for one in yaml.safe_load_all(file.read_text()) if isinstance(one, dict)]
    pods = [pod for one in found if (pod := pod_of(one))]
    assert pods
    assert [said for pod in pods for said in _repeated(pod)] == []


def test_the_version_of_an_image_is_written_once() -> None:
    """In the component that brings it, and once for all of ours."""
    text = "\n".join(path.read_text() for path in K8S.rglob("kustomization.yaml"))
    named = re.findall(r"- name: (\S+)\n\s+newTag:", text)
    assert named
    assert [name for name, count in Counter(named).items() if count > 1] == []


def test_a_workload_names_no_version_of_its_image() -> None:
    tagged = [
        (path.name, image)
        for path in K8S.rglob("*.yaml")
        for image in re.findall(r"^\s*(?:- )?image: (\S+:\S+)$", path.read_text(), re.MULTILINE)
    ]
    assert tagged == []


@pytest.mark.usefixtures("kubectl")
def test_a_template_is_found_in_an_object_of_any_kind() -> None:
    backup = next(one for one in render("local").of("CronJob") if one["metadata"]["name"] == "backup")
    pod = pod_of({"kind": "Unknown", "metadata": {"name": "one"}, "spec": {"deep": backup["spec"]}})
    assert pod is not None
    assert pod.role == "backup"
