"""Are our images built, and does every image have a version?"""

import subprocess
from collections.abc import Iterator

from scripts.stack import docker
from scripts.stack.stacks import Stack

OURS = "robotics-platform/"


def check(stack: Stack) -> Iterator[str]:
    """Images without a version; in production also ours that are missing, since it builds none."""
    try:
        services = stack.config()["services"].values()
    except subprocess.CalledProcessError as error:
        yield f"Compose cannot read {stack.file}: {error.stderr.strip()}"
        return
    images = sorted({service["image"] for service in services})
    yield from (
        f"The image {image} has no version; {_cure(image)}." for image in images if not _has_version(image)
    )
    missing = [
        image for image in images if stack.is_production and image.startswith(OURS) and not _is_here(image)
    ]
    if missing:
        yield f"{', '.join(missing)} cannot be found; run `make build-prod`, or pull and tag them."


def _has_version(image: str) -> bool:
    tag = image.rpartition("/")[2].partition(":")[2]
    return "@" in image or tag not in ("", "latest")


def _cure(image: str) -> str:
    if image.startswith(OURS):
        return "set VERSION to one, as in v0.1.0, never latest"
    return "give it one, as in postgres:18.6-bookworm"


def _is_here(image: str) -> bool:
    try:
        docker.answer(["docker", "image", "inspect", "--format", "{{.Id}}", image])
    except subprocess.CalledProcessError:
        return False
    return True
