"""Write the digest of every upstream image, as its registry has it now, to docker/pins.env.

A tag can be moved, a digest cannot: with the pins, everyone builds and runs the same bytes. Commit the
file, and run this again to take up security fixes. Where a variable such as PYTHON_IMAGE is set, that image
is pinned.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PINS = ROOT / "docker" / "pins.env"
# ARG PYTHON_IMAGE=python:3.11 of the Dockerfile, and ${REDIS_IMAGE:-redis:7.4} of the Compose files
NAMED = re.compile(r"(?:^ARG |\$\{)([A-Z_]+_IMAGE)(?:=|:-)([^}\s]+)", re.MULTILINE)
UNAVAILABLE = 69  # EX_UNAVAILABLE of sysexits.h


def upstream() -> Iterator[tuple[str, str]]:
    """Variable and image, each variable once, in the order of their names."""
    files = [ROOT / "docker" / "Dockerfile", *ROOT.glob("docker/*.yml"), *ROOT.glob("docker-compose*.yml")]
    named = dict(pair for file in files for pair in NAMED.findall(file.read_text(encoding="utf-8")))
    return ((name, os.environ.get(name) or named[name]) for name in sorted(named))


def pinned(image: str) -> str:
    """The image with the digest that its tag has now. Exits with a sentence if the registry does not say."""
    tag = image.split("@", maxsplit=1)[0]
    asked = ["docker", "buildx", "imagetools", "inspect", "--format", "{{.Manifest.Digest}}", tag]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
        print(
            f"robolearn: The registry of {tag} does not tell its digest ({said.removeprefix('ERROR: ')})."
            " Nothing was written; check the network, or name a mirror's image in the environment.",
            file=sys.stderr,
        )
        sys.exit(UNAVAILABLE)
    return f"{tag}@{done.stdout.strip()}"


if __name__ == "__main__":
    lines = [f"{name}={pinned(image)}" for name, image in upstream()]
    PINS.write_text("\n".join(["# Made by `make pin-images`.", *lines]) + "\n", encoding="utf-8")
    print(*lines, sep="\n")
