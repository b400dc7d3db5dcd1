"""Make sure that every upstream image can be run: `python build.py [--env-file FILE] [NAME ...]`.

An image that is here, or can be pulled, is taken as it is. For another its stand-in is built, which is told,
and the file gets the variable that chooses it: give that file to Compose with --env-file.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from catalogue import FOLDER, UPSTREAM, Upstream

PULL_SECONDS = 120
_BASES = ("PYTHON_IMAGE", "DEBIAN_IMAGE")


def main() -> int:
    """Build what is needed, two at a time; say which and write the file."""
    asked = _arguments()
    wanted = [one for one in UPSTREAM if not asked.names or one.name in asked.names]
    with ThreadPoolExecutor(2) as pool:
        chosen = zip(wanted, pool.map(choose, wanted), strict=True)
        lines = [f"{one.variable}={image}\n" for one, image in chosen if image != one.image]
    if asked.env_file:
        asked.env_file.parent.mkdir(parents=True, exist_ok=True)
        asked.env_file.write_text("".join(lines))
    return 0


def choose(one: Upstream) -> str:
    """The image to run: what the environment says, upstream's, or the stand-in."""
    if given := os.environ.get(one.variable):
        return given
    if _succeeds("image", "inspect", one.image) or _pulled(one.image):
        return one.image
    _build(one)
    print(f"stand-in for {one.image}, which cannot be pulled here: {one.standin}", flush=True)
    return one.standin


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these: postgres, redis, ...")
    parser.add_argument(
        "--env-file", type=Path, help="where to write the variables that choose the stand-ins"
    )
    asked = parser.parse_args()
    known = {one.name for one in UPSTREAM}
    if unknown := set(asked.names) - known:
        parser.error(
            f"no stand-in is named {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}"
        )
    return asked


def _succeeds(*command: str, timeout: float = 30) -> bool:
    try:
        done = subprocess.run(["docker", *command], capture_output=True, check=False, timeout=timeout)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _pulled(image: str) -> bool:
    return _succeeds("pull", "--quiet", image, timeout=PULL_SECONDS)


def _build(one: Upstream) -> None:
    given = {name: os.environ[name] for name in _BASES if name in os.environ} | one.arguments
    arguments = [part for name, value in given.items() for part in ("--build-arg", f"{name}={value}")]
    _docker(["build", "--quiet", "-t", one.standin, *arguments, str(FOLDER / one.folder)])


def _docker(command: Sequence[str]) -> None:
    environment = os.environ | {"DOCKER_BUILDKIT": "1"}
    done = subprocess.run(["docker", *command], check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"docker {' '.join(command)} failed:\n{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
