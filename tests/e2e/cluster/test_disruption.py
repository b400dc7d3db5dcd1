"""A release, a lost pod, an emptied node: learners who ask meanwhile are all answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from ..containers.load import Load
from ..containers.patience import until
from . import images, manifests
from .platform import READY_SECONDS, Platform

PATHS = ("/api/v1/search?q=why+does+my+robot+drift", "/api/v1/courses", "/")
# Asked before and after, so that it is seen that somebody was there all the time.
ENOUGH = 30


@contextmanager
def learners(platform: Platform, visitor: type[httpx.BaseTransport] | None = None) -> Iterator[Load]:
    """Learners who ask all the time; each must be answered."""
    connect = platform.visitor if visitor is None else lambda: _through(visitor, platform)
    with Load(connect, *PATHS, visitors=2, pause=0.05) as load:
        until(lambda: load.sent, lambda sent: sent > ENOUGH)
        yield load
        seen = load.sent
        until(lambda: load.sent, lambda sent: sent > seen + ENOUGH)
    assert not load.failures, load.failures


class Proxy(httpx.HTTPTransport):
    """As the proxy of an Ingress does: a pod that is gone is asked no more, another is."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask up to three times."""
        for _ in range(2):
            try:
                return super().handle_request(request)
            except httpx.TransportError:
                continue
        return super().handle_request(request)


def _through(transport: type[httpx.BaseTransport], platform: Platform) -> httpx.Client:
    return httpx.Client(base_url=platform.address, timeout=30, transport=transport())


def _names(platform: Platform) -> set[str]:
    return {pod["metadata"]["name"] for pod in platform.pods("api")}


def test_a_release_fails_no_request(
    platform: Platform, chosen_images: dict[str, str], tmp_path: Path
) -> None:
    before = _names(platform)
    next_ = chosen_images | ({images.ours()[0]: images.next_api()} if chosen_images else {})
    folder = manifests.write(tmp_path / "next", next_, platform.data_node)
    try:
        with learners(platform):
            if chosen_images:
                platform.kubectl("apply", "-k", str(folder))
            else:  # a cluster that pulls has no other release: the same one, in new pods
                platform.kubectl("rollout", "restart", "deployment/api")
            platform.kubectl("rollout", "status", "deployment/api", "--timeout=3m")
            until(lambda: _names(platform), lambda seen: not seen & before)
        assert next_.get(images.ours()[0], "") in platform.pods("api")[0]["spec"]["containers"][0]["image"]
    finally:
        platform.up()


def test_a_pod_that_is_deleted_fails_no_request(platform: Platform) -> None:
    with platform.at_least(2), learners(platform):
        gone = sorted(_names(platform))[0]
        platform.kubectl("delete", "pod", gone)
        until(lambda: platform.ready_pods("api"), lambda seen: len(seen) >= 2)


def test_a_pod_that_is_killed_fails_no_request_behind_a_proxy(platform: Platform) -> None:
    with platform.at_least(2), learners(platform, Proxy):
        gone = sorted(_names(platform))[0]
        platform.kubectl("delete", "pod", gone, "--force", "--grace-period=0")
        until(lambda: platform.ready_pods("api"), lambda seen: len(seen) >= 2)


@pytest.fixture
def node(platform: Platform) -> Iterator[str]:
    """A node without data, where pods may be; it is given back."""
    names = [one["metadata"]["name"] for one in platform.kubectl.items("nodes")]
    others = [name for name in names if name != platform.data_node]
    if not others:
        pytest.skip("one node alone: nobody could take over its pods")
    yield others[0]
    platform.kubectl("uncordon", others[0])


def test_a_node_that_is_drained_fails_no_request(platform: Platform, node: str) -> None:
    def here() -> list[str]:
        return [one["metadata"]["name"] for one in platform.pods("api") if one["spec"]["nodeName"] == node]

    with platform.at_least(2):
        until(here, seconds=READY_SECONDS)
        with learners(platform):
            options = ("--ignore-daemonsets", "--delete-emptydir-data", "--timeout=3m")
            platform.kubectl("drain", node, *options, timeout=200)
            until(lambda: platform.ready_pods("api"), lambda seen: len(seen) >= 2)
            assert not here()
