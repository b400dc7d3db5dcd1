"""Write the digests that our images have in a registry now to k8s/overlays/production/pinned: pin.py REGISTRY VERSION.

A tag can be moved, a digest cannot: what was tried is what runs. Push the images first; REGISTRY is what
stands before `robotics-platform/api`. Commit the file, or keep it in a copy of the overlay.
"""

import subprocess
import sys
from pathlib import Path

PINNED = Path(__file__).parents[2] / "k8s" / "overlays" / "production" / "pinned" / "kustomization.yaml"
SERVICES = ("api", "worker", "ingest")
HEADER = """\
# Made by `make k8s-pin REGISTRY=...`: our images, from that registry, by digest.
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
            f"k8s-pin: The registry does not tell the digest of {image} ({said}). Nothing was written; push it first.",
            file=sys.stderr,
        )
        sys.exit(UNAVAILABLE)
    return done.stdout.strip()


def entry(registry: str, service: str, version: str) -> str:
    """One image of kustomize's list."""
    name = f"robotics-platform/{service}"
    found = digest(f"{registry}/{name}:{version}")
    return f"  - name: {name}\n    newName: {registry}/{name}\n    digest: {found}\n"


if __name__ == "__main__":
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        print("k8s-pin: Name the registry: make k8s-pin REGISTRY=registry.example.org/group", file=sys.stderr)
        sys.exit(USAGE)
    where, tag = sys.argv[1].rstrip("/"), sys.argv[2]
    PINNED.write_text(HEADER + "".join(entry(where, one, tag) for one in SERVICES), encoding="utf-8")
    print(PINNED.read_text(encoding="utf-8"), end="")
