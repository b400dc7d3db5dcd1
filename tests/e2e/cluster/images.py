"""The images of a cluster that can pull none: ours, upstream's, and stand-ins."""

from pathlib import Path

from ..containers import images
from ..containers.commands import ROOT, run

SERVICES = ("api", "worker", "ingest")
UPSTREAM = {
    "POSTGRES_IMAGE": "postgres:18.6-bookworm",
    "REDIS_IMAGE": "redis:7.4-bookworm",
    "QDRANT_IMAGE": "qdrant/qdrant:v1.20.0-unprivileged",
}


def build() -> None:
    """Build ours of what is checked out: what is not new costs seconds."""
    run(["make", "--silent", "build-prod"], timeout=1200)


def ours() -> list[str]:
    """The names of our own images."""
    return [f"robotics-platform/{service}:{images.version()}" for service in SERVICES]


def next_api() -> str:
    """The api's image under the tag of a release to come."""
    name = f"robotics-platform/api:{images.version()}-next"
    run(["docker", "tag", f"robotics-platform/api:{images.version()}", name])
    return name


def chosen(folder: Path) -> dict[str, str]:
    """For each image of the manifests that is not ours, the one to run."""
    file = folder / "images.env"
    names = [variable.removesuffix("_IMAGE").lower() for variable in UPSTREAM]
    program = str(ROOT / "tests" / "standins" / "build.py")
    run([str(ROOT / ".venv/bin/python"), program, "--env-file", str(file), *names], timeout=1200)
    variables = dict(line.split("=", 1) for line in file.read_text().splitlines())
    return {image: variables.get(variable, image) for variable, image in UPSTREAM.items()}
