"""Every image has a version; ours are this release's, others' are those that Compose runs."""

import re

import pytest

from .rendering import Rendered, render
from .versions import compose_ours, compose_upstream, project

VERSION = re.compile(r"[^@]+(:v?\d[\w.-]*|@sha256:[0-9a-f]{64})")
OURS = "robotics-platform/"


def images(rendered: Rendered) -> set[str]:
    """Every image that is to run."""
    found = {container["image"] for pod in rendered.pods for container in pod.containers}
    return found | {one["spec"]["imageName"] for one in rendered.of("Cluster")}


def test_every_image_has_a_version(rendered: Rendered) -> None:
    assert {image for image in images(rendered) if not VERSION.fullmatch(image)} == set()


@pytest.mark.parametrize("image", ["postgres", "redis:latest", "a/b:stable", "a:443/b", "a@sha256:12"])
def test_an_image_without_a_version_is_seen(image: str) -> None:
    assert not VERSION.fullmatch(image)


def test_ours_are_of_this_release(rendered: Rendered) -> None:
    """But where `make k8s-pin` has written digests."""
    ours = {image for image in images(rendered) if image.startswith(OURS)}
    assert {image.rpartition(":")[2] for image in ours} <= {f"v{project()}"}
    assert ours or "pinned" in rendered.combination.parts


def test_compose_runs_this_release_too() -> None:
    assert compose_ours() == {f"v{project()}"}


def test_others_are_those_that_compose_runs(rendered: Rendered) -> None:
    operators = {one["spec"]["imageName"] for one in rendered.of("Cluster")}
    others = {
        image for image in images(rendered) - operators if not image.startswith(OURS) and "@" not in image
    }
    assert others - compose_upstream() == set()


@pytest.mark.usefixtures("kubectl")
def test_the_operators_postgresql_is_of_the_same_major_version() -> None:
    majors = {
        image.rpartition(":")[2].partition(".")[0]
        for name in ("default", "cloudnative-pg")
        for image in images(render(name))
        if re.search(r"(^|/)postgres(ql)?:", image)
    }
    assert len(majors) == 1


def test_a_job_of_a_release_is_named_by_its_version(rendered: Rendered) -> None:
    names = {one["metadata"]["name"] for one in rendered.of("Job")}
    suffix = "-v" + project().replace(".", "-")
    assert f"migrate{suffix}" in names
    assert {name for name in names if not name.endswith(suffix)} == set()
