"""No patch is for something that is not there."""

import pytest

from .patching import Target, targets, there


@pytest.mark.usefixtures("kubectl")
@pytest.mark.parametrize("target", list(targets()), ids=lambda one: f"{one.file}: {one.kind} {one.name}")
def test_every_patch_meets_an_object(target: Target) -> None:
    assert any(target.meets(*one) for one in there())


def test_alternatives_are_targets_of_their_own() -> None:
    found = {(one.kind, one.name) for one in targets() if one.file == "components/managed-data"}
    assert {("NetworkPolicy", "to-redis"), ("NetworkPolicy", "into-qdrant")} < found


@pytest.mark.usefixtures("kubectl")
def test_a_patch_without_an_object_is_seen() -> None:
    assert not any(Target("", "Deployment", "apis?y").meets(*one) for one in there())
