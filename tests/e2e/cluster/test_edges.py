"""Each arrow of the architecture's picture can be gone along, and nothing else can."""

import json
from collections.abc import Iterator

import pytest

from . import probes
from .kubectl import Kubectl
from .platform import Platform

DATABASE, BROKER, INDEX, API = "postgres:5432", "redis:6379", "qdrant:6333", "api:8000"
CLUSTER = "kubernetes.default:443"
EVERYTHING = (DATABASE, BROKER, INDEX, API, CLUSTER)
ARROWS = {
    "api": {DATABASE, INDEX},
    "worker": {DATABASE, BROKER, INDEX},
    "beat": {BROKER},
    "migrate": {DATABASE},
    "ingest": {DATABASE},
    "backup": {DATABASE, INDEX},
    "restore": {DATABASE, INDEX},
    "make-secrets": {CLUSTER},
    "unknown": set(),
}
RUNNING = ("api", "worker", "beat")
STRANGERS = "robotics-platform-strangers"


@pytest.fixture(scope="module")
def kubectl_with_probes(whole: Platform) -> Iterator[Kubectl]:
    """A pod for each role that does not run all the time."""
    kubectl = whole.kubectl
    names = [f"probe-{role}" for role in ARROWS if role not in RUNNING]
    image = _image(whole)
    roles = [name.removeprefix("probe-") for name in names]
    kubectl.create(*(probes.pod(f"probe-{one}", image, {"app.kubernetes.io/name": one}) for one in roles))
    kubectl("wait", "--for=condition=Ready", "--timeout=1m", *(f"pod/{name}" for name in names))
    yield kubectl
    kubectl("delete", "pod", *names)


@pytest.fixture
def stranger(whole: Platform) -> Iterator[str]:
    """A pod in another namespace."""
    kubectl = whole.kubectl
    kubectl("create", "namespace", STRANGERS)
    try:
        pod = probes.pod("probe", _image(whole), {})
        pod["metadata"]["namespace"] = STRANGERS
        kubectl("-n", STRANGERS, "create", "-f", "-", input=json.dumps(pod))
        kubectl("-n", STRANGERS, "wait", "--for=condition=Ready", "--timeout=1m", "pod/probe")
        yield "pod/probe"
    finally:
        kubectl("delete", "namespace", STRANGERS)


def _image(platform: Platform) -> str:
    image: str = platform.pods("worker")[0]["spec"]["containers"][0]["image"]
    return image


@pytest.mark.parametrize("role", ARROWS)
def test_a_workload_reaches_what_the_picture_shows(
    platform: Platform, kubectl_with_probes: Kubectl, role: str
) -> None:
    target = f"deployment/{role}" if role in RUNNING else f"pod/probe-{role}"
    # Nothing can keep a pod from itself.
    others = [place for place in EVERYTHING if not place.startswith(role)]

    assert probes.reached(kubectl_with_probes, target, others) == ARROWS[role]


@pytest.mark.parametrize("service", ["postgres", "redis", "qdrant"])
def test_the_data_services_reach_nobody(platform: Platform, service: str) -> None:
    others = [place for place in EVERYTHING if not place.startswith(service)]
    itself = platform.kubectl("exec", f"{service}-0", "--", "bash", "-c", "echo here")

    assert itself == "here\n"
    assert probes.reached_by_bash(platform.kubectl, f"{service}-0", others) == set()


def _from_outside() -> list[str]:
    ours = (DATABASE, BROKER, INDEX, API)
    return [place.replace(":", ".robotics-platform:") for place in ours] + [CLUSTER]


def test_another_namespace_reaches_nothing_of_ours(platform: Platform, stranger: str) -> None:
    assert probes.reached(platform.kubectl, stranger, _from_outside(), STRANGERS) == {CLUSTER}


def test_a_namespace_that_is_the_way_in_reaches_the_api_alone(platform: Platform, stranger: str) -> None:
    platform.kubectl("label", "namespace", STRANGERS, "robotics-platform/way-in=true")
    try:
        found = probes.reached(platform.kubectl, stranger, _from_outside(), STRANGERS)
    finally:
        platform.kubectl("label", "namespace", STRANGERS, "robotics-platform/way-in-")

    assert found == {"api.robotics-platform:8000", CLUSTER}


def test_bash_would_tell_if_there_were_a_way(platform: Platform) -> None:
    """The probe of the data services finds what there is: themselves."""
    assert probes.reached_by_bash(platform.kubectl, "postgres-0", ["127.0.0.1:5432"]) == {"127.0.0.1:5432"}
