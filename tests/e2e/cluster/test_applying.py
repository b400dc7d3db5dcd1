"""Applied on empty it is all there; applied again it is what it was."""

from typing import Any

from ..containers.patience import until
from . import figures
from .kubectl import Kubectl, Object
from .platform import Platform

SECRETS = ("database", "redis", "qdrant")
MAKES_SECRETS = "app.kubernetes.io/name=make-secrets"
# What the cluster writes by itself; all else is ours.
THE_CLUSTERS = ("resourceVersion", "managedFields", "generation", "uid", "creationTimestamp")


def _ours(one: Object) -> Object:
    metadata = {name: value for name, value in one["metadata"].items() if name not in THE_CLUSTERS}
    return {name: value for name, value in one.items() if name != "status"} | {"metadata": metadata}


def _state(platform: Platform) -> dict[str, Any]:
    """What is wished, by name; and the generation, which moves when a wish changes."""
    objects = platform.kubectl.items("-k", str(platform.folder))
    return {f"{one['kind']} {one['metadata']['name']}": _ours(one) for one in objects} | {
        f"generation of {one['kind']} {one['metadata']['name']}": one["metadata"].get("generation")
        for one in objects
    }


def _pods(platform: Platform) -> set[str]:
    return {pod["metadata"]["uid"] for pod in platform.kubectl.items("pods")}


def _secrets(kubectl: Kubectl) -> dict[str, tuple[str, Any]]:
    found = [kubectl.get("secret", name) for name in SECRETS]
    return {one["metadata"]["name"]: (one["metadata"]["resourceVersion"], one["data"]) for one in found}


def test_one_command_on_an_empty_cluster_is_enough(first_answer: str) -> None:
    assert first_answer.startswith("- ")
    assert "drift" in first_answer


def test_all_of_it_is_ready_and_a_learner_finds_something(platform: Platform) -> None:
    said = platform.kubectl.make("k8s-smoke")

    assert said.startswith("- ")
    pods = platform.kubectl.items("pods", "--field-selector=status.phase=Running")
    figures.note("pods ready", str(len(pods)))


def test_applied_again_it_changes_nothing(platform: Platform) -> None:
    before = _state(platform), _pods(platform), _secrets(platform.kubectl)
    platform.up()

    assert (_state(platform), _pods(platform), _secrets(platform.kubectl)) == before


def test_secrets_are_made_once_and_are_strong(platform: Platform) -> None:
    before = _secrets(platform.kubectl)
    platform.kubectl("delete", "job", "-l", MAKES_SECRETS)
    platform.up()

    assert _secrets(platform.kubectl) == before
    assert "was there, left as it is" in platform.kubectl("logs", "-l", MAKES_SECRETS)
    values = [value for _, data in before.values() for value in data.values()]
    assert len(set(values)) == len(SECRETS)
    assert all(len(value) >= 40 for value in values)


def test_the_migration_of_the_release_that_serves_has_succeeded(platform: Platform) -> None:
    """That nothing serves before is `/readyz`, of which the api's own tests tell."""
    served = until(lambda: platform.ask("/version"))["version"]
    migrated = platform.kubectl.get("job", f"migrate-v{served.replace('.', '-')}")

    assert migrated["status"]["succeeded"] == 1
