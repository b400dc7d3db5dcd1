"""What an image weighs, in groups that say where its size comes from."""

import subprocess

# What a layer's command contains: the first that fits.
_GROUPS = {
    "/opt/model": "model",
    "/opt/venv /opt/venv": "packages",
    "/opt/own": "our code",
    "/out": "programs",
    "curriculum": "courses",
    "COPY / /": "base",
}


def size(image: str) -> int:
    """Bytes of all layers, as `docker image inspect` tells them."""
    return int(_docker("image", "inspect", "--format", "{{.Size}}", image))


def by_group(image: str) -> dict[str, int]:
    """Bytes of each group of layers."""
    listed = _docker("history", "--no-trunc", "--human=false", "--format", "{{.Size}}\t{{.CreatedBy}}", image)
    found = dict.fromkeys((*reversed(_GROUPS.values()), "other"), 0)
    for line in listed.splitlines():
        bytes_, made_by = line.split("\t", 1)
        found[next((name for sign, name in _GROUPS.items() if sign in made_by), "other")] += int(bytes_)
    return {name: weight for name, weight in found.items() if weight}


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout.strip()
