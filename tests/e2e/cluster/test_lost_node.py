"""The node with all data loses its power while a course is being embedded: nothing is lost."""

from collections.abc import Iterator

import pytest

from ..containers.patience import until
from . import courses, tool
from .platform import Platform

PAGES = {f"grommet-{n}": f"The grommet number {n} seals at {n} bar and leaks above." for n in range(120)}


@pytest.fixture
def node(platform: Platform, is_tools: bool) -> Iterator[str]:
    """The node with the data; it has its power again at the end."""
    if not is_tools:
        pytest.skip("nodes of this cluster cannot be killed from here")
    yield platform.data_node
    if not _is_ready(platform):
        tool.start_node(platform.data_node)


def _is_ready(platform: Platform) -> bool:
    conditions = platform.kubectl.get("node", platform.data_node)["status"]["conditions"]
    return any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)


def test_a_node_is_killed_and_brought_back_with_nothing_lost(platform: Platform, node: str) -> None:
    before = platform.index()["passages"]
    courses.load(platform.kubectl, "grommets", PAGES)
    tool.kill_node(node)
    until(lambda: not _is_ready(platform), seconds=60)
    tool.start_node(node)
    platform.settle()

    expected = before + len(PAGES)
    assert platform.index() == {"passages": expected, "points": expected}
    assert "Grommet-77" in platform.titles("grommet number 77 seals")
