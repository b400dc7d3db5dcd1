"""Write the digests that images have in their registries to the production overlay: pin.py REGISTRY VERSION.

A tag can be moved, a digest cannot: what was tried is what runs. Push our images first; REGISTRY is what
stands before `robotics-platform/api`. Those of others are asked for by the versions of the components.
Commit the file, or keep it in a copy of the overlay.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

K8S = Path(__file__).parents[2] / "k8s"
PINNED = K8S / "overlays" / "production" / "pinned" / "kustomization.yaml"
SERVICES = ("api", "worker", "ingest")
OURS = "robotics-platform/"
VERSIONED = re.compile(r"- name: (\S+)\n\s+newTag: (\S+)")
HEADER = """\
# Made by `make k8s-pin REGISTRY=...`: all images by digest, ours from that registry.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images:
"""
USAGE, UNAVAILABLE = 64, 69  # EX_USAGE and EX_UNAVAILABLE of sysexits.h


def digest(image: str) -> str:
    """What the tag stands for now. Exits with a sentence if the registry does not say."""
    asked = ["docker", "buildx", "imagetools", "inspect", "--format", "{{.Manifest.Digest}}", image]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason was given"])[-1].removeprefix("ERROR: ")
        print(
            f"k8s-pin: The registry does not tell the digest of {image} ({said}). "
            "Nothing was written; push it first.",
            file=sys.stderr,
        )
        sys.exit(UNAVAILABLE)
    return done.stdout.strip()


def ours(registry: str, version: str) -> Iterator[str]:
    """Each of our images as an entry of kustomize's list."""
    for service in SERVICES:
        image = f"{registry}/{OURS}{service}"
        found = digest(f"{image}:{version}")
        yield f"  - name: {OURS}{service}\n    newName: {image}\n    digest: {found}\n"


def others() -> Iterator[str]:
    """Each image that a component names by version, alike."""
    files = sorted(K8S.glob("components/**/kustomization.yaml"))
    named = (pair for file in files for pair in VERSIONED.findall(file.read_text(encoding="utf-8")))
    for name, version in named:
        if not name.startswith(OURS):
            yield f"  - name: {name}\n    digest: {digest(f'{name}:{version}')}\n"


def main(arguments: list[str]) -> int:
    """Ask for all digests, then write them."""
    try:
        registry, version = filter(None, arguments)
    except ValueError:
        print("k8s-pin: Name the registry: make k8s-pin REGISTRY=registry.example.org/group", file=sys.stderr)
        return USAGE
    written = HEADER + "".join([*ours(registry.rstrip("/"), version), *others()])
    PINNED.write_text(written, encoding="utf-8")
    print(written, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
