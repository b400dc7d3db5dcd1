"""What the tests of the cluster share. They run by `make test-k8s`.

KUBECONFIG names the cluster; without it the tool beside the checkout starts one.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ..containers.commands import engine_answers
from ..containers.patience import until
from . import figures, images, manifests, tool
from .kubectl import NAMESPACE, Kubectl
from .platform import Platform

HERE = Path(__file__).parent
TEST_SECONDS = 1200
NODE_PORT = 30080


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are marked, and may wait for a cluster."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.cluster)
            item.add_marker(pytest.mark.timeout(TEST_SECONDS))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was measured."""
    for line in figures.lines():
        terminalreporter.write_line(f"measured: {line}")


@pytest.fixture(scope="session")
def kubeconfig() -> Iterator[Path]:
    """Of the cluster that the environment names; else of the tool's, which is started if it is not up."""
    if given := os.environ.get("KUBECONFIG"):
        if shutil.which("kubectl") is None:
            pytest.skip("kubectl is not installed")
        yield Path(given)
    elif tool.present():
        was_up = tool.running()
        yield tool.up()
        if not was_up:
            tool.down()
    else:
        pytest.skip(
            "no cluster: let KUBECONFIG name one that may get, and lose, a namespace robotics-platform"
        )


@pytest.fixture(scope="session")
def is_tools(kubeconfig: Path) -> bool:
    """Whether the cluster is the tool's, whose nodes can be killed and loaded with images."""
    return tool.present() and tool.running() and tool.up().samefile(kubeconfig)


@pytest.fixture(scope="session")
def kubectl(kubeconfig: Path) -> Kubectl:
    """On an empty cluster: what the namespace holds would be deleted."""
    speaking = Kubectl(kubeconfig)
    found = speaking.try_("get", "namespaces", "-o", "name")
    assert found.returncode == 0, f"the cluster of {kubeconfig} does not answer: {found.stderr}"
    assert f"namespace/{NAMESPACE}\n" not in found.stdout, (
        f"these tests would delete the namespace {NAMESPACE}, which is there already: `make k8s-down` first"
    )
    return speaking


@pytest.fixture(scope="session")
def chosen_images(is_tools: bool, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What runs in place of the manifests' images: nothing, where the cluster can pull."""
    if not is_tools:
        return {}
    if not engine_answers():
        pytest.skip("no Docker Engine answers, of which the cluster's images come")
    images.build()
    chosen = images.chosen(tmp_path_factory.mktemp("images"))
    tool.load(*images.ours(), images.next_api(), *chosen.values())
    return chosen


@pytest.fixture(scope="session")
def nodes(kubectl: Kubectl) -> list[str]:
    """All of them, always in the same order."""
    return sorted(node["metadata"]["labels"]["kubernetes.io/hostname"] for node in kubectl.items("nodes"))


@pytest.fixture(scope="session")
def data_node(nodes: list[str]) -> str:
    """Where the data are to be."""
    return nodes[0]


@pytest.fixture(scope="session")
def first_answer(
    kubectl: Kubectl,
    chosen_images: dict[str, str],
    nodes: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """What is found after `kubectl apply -k k8s/` on an empty cluster, with nothing else typed.

    On another node than later: volumes that were made by hand are used once.
    """
    folder = tmp_path_factory.mktemp("default") / "all"
    manifests.write(folder, chosen_images, nodes[-1], manifests.DEFAULT)
    began = time.monotonic()
    try:
        kubectl("apply", "-k", str(folder))
        found = until(lambda: _smoke(kubectl), seconds=300)
        figures.note("from kubectl apply -k k8s/ to the first search", f"{time.monotonic() - began:.0f} s")
        return found
    finally:
        kubectl.make("k8s-down", f"K8S={folder}", "YES=1")


def _smoke(kubectl: Kubectl) -> str:
    done = kubectl.run(["scripts/cluster/smoke.sh"])
    return "" if done.returncode else done.stdout


@pytest.fixture(scope="session")
def whole(
    first_answer: str,
    kubectl: Kubectl,
    chosen_images: dict[str, str],
    data_node: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Platform]:
    """The platform, applied on empty and asked; removed at the end."""
    folder = manifests.write(tmp_path_factory.mktemp("applied") / "all", chosen_images, data_node)
    platform = Platform(kubectl, folder, os.environ.get("K8S_ADDRESS", ""), data_node)
    began = time.monotonic()
    try:
        platform.up()
        platform.address = platform.address or _address(kubectl)
        until(lambda: platform.titles("why does my robot drift"), seconds=60)
        figures.note(
            "from make k8s-up K8S=k8s/overlays/local to the first search", f"{time.monotonic() - began:.0f} s"
        )
        yield platform
    finally:
        kubectl.make("k8s-down", f"K8S={folder}", "YES=1")


@pytest.fixture
def platform(whole: Platform) -> Platform:
    """The platform, all of it ready, whatever the test before has done."""
    whole.settle()
    whole.index()
    return whole


def _address(kubectl: Kubectl) -> str:
    """Where the NodePort answers: on this machine, or on a node."""
    nodes = [one["address"] for node in kubectl.items("nodes") for one in node["status"]["addresses"]]
    candidates = [f"http://{host}:{NODE_PORT}" for host in ("127.0.0.1", *nodes)]

    answering = until(lambda: [one for one in candidates if _answers(one)], seconds=60)
    return str(answering[0])


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/livez", timeout=2).is_success
    except httpx.HTTPError:
        return False
