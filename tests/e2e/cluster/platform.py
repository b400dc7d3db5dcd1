"""The platform in the cluster of the tests, as its operators and its learners see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from ..containers.patience import until
from ..containers.visiting import get, titles
from .kubectl import Kubectl, Object

READY_SECONDS = 300


class Platform:
    """What was applied from `folder`; learners reach it at `address`."""

    def __init__(self, kubectl: Kubectl, folder: Path, address: str, data_node: str) -> None:
        self.kubectl = kubectl
        self.folder = folder
        self.address = address
        self.data_node = data_node

    def up(self) -> None:
        """Apply all, and wait until it is ready."""
        self.kubectl.make("k8s-up", f"K8S={self.folder}")

    def visitor(self) -> httpx.Client:
        """A learner, who opens a connection for each question."""
        fresh = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(base_url=self.address, timeout=30, limits=fresh)

    def ask(self, path: str, **parameters: str) -> Any:
        """The JSON at `path`."""
        with self.visitor() as visitor:
            return get(visitor, path, **parameters)

    def titles(self, question: str) -> list[str]:
        """The lessons that are found, best first; none while nobody answers."""
        try:
            with self.visitor() as visitor:
                return titles(visitor, question)
        except (httpx.HTTPError, AssertionError):
            return []

    def index(self) -> dict[str, int]:
        """How many passages there are, in the database and in the index, once nothing is pending."""
        told = until(self._index, _is_done, seconds=READY_SECONDS)
        return {name: told[name] for name in ("passages", "points")}

    def _index(self) -> dict[str, Any]:
        try:
            told: dict[str, Any] = self.ask("/api/v1/index/status")
        except (httpx.HTTPError, AssertionError) as error:
            return {"error": str(error)}
        return told

    def pods(self, name: str) -> list[Object]:
        """The pods of a workload that are not on their way out."""
        found = self.kubectl.items("pods", "-l", f"app.kubernetes.io/name={name}")
        return [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]

    def ready_pods(self, name: str) -> list[Object]:
        """Those that are ready."""
        return [pod for pod in self.pods(name) if _is_ready(pod)]

    def usage(self) -> str:
        """Processors and memory that each pod uses, as the metrics tell."""
        lines = self.kubectl("top", "pods", "--no-headers").splitlines()
        return ", ".join(" ".join(line.split()) for line in lines)

    def settle(self) -> None:
        """Wait until every workload has the pods it is to have, each of them ready."""
        until(self._unready, lambda seen: not seen, seconds=READY_SECONDS)

    def _unready(self) -> list[str]:
        found = self.kubectl.items("deployments,statefulsets")
        return [one["metadata"]["name"] for one in found if not _has_all(one)]

    @contextmanager
    def at_least(self, count: int) -> Iterator[None]:
        """So many pods of the api, as the base has them and the local overlay has not."""
        self._minimum(count)
        until(lambda: self.ready_pods("api"), lambda seen: len(seen) >= count, seconds=READY_SECONDS)
        try:
            yield
        finally:
            self._minimum(1)

    def _minimum(self, count: int) -> None:
        self.kubectl("patch", "hpa", "api", "--patch", f'{{"spec": {{"minReplicas": {count}}}}}')


def _is_done(told: dict[str, Any]) -> bool:
    return bool(told.get("agree")) and told["pending"] == told["removals"] == 0


def _is_ready(pod: Object) -> bool:
    conditions = pod["status"].get("conditions", [])
    return any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)


def _has_all(workload: Object) -> bool:
    """A controller that has not yet looked at a change tells of the generation before."""
    spec, status = workload["spec"], workload["status"]
    seen = status.get("observedGeneration") == workload["metadata"]["generation"]
    counts = [status.get(name, 0) for name in ("replicas", "readyReplicas", "updatedReplicas")]
    return seen and counts == [spec["replicas"]] * 3
