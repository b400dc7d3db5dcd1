"""The local overlay as the tests apply it: other images, and data on a node that is known."""

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

from ..containers.commands import ROOT

OVERLAY = ROOT / "k8s" / "overlays" / "local"


def write(folder: Path, images: Mapping[str, str], data_node: str) -> Path:
    """A kustomization in a folder of its own; the folder. `images` are those to run, by what they replace."""
    folder.mkdir(parents=True, exist_ok=True)
    kustomization = {
        "resources": [os.path.relpath(OVERLAY, folder.resolve())],
        "images": [_replaced(*pair) for pair in images.items()],
        "patches": [{"target": {"kind": "StatefulSet"}, "patch": _pinned(data_node)}],
    }
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    return folder


def _replaced(name: str, image: str) -> dict[str, str]:
    new, _, tag = image.rpartition(":")
    return {"name": name.rpartition(":")[0], "newName": new, "newTag": tag}


def _pinned(node: str) -> str:
    """Where volumes are a node's own, a drain of it stops the data: the tests must know which it is."""
    path, value = "/spec/template/spec/nodeSelector", {"kubernetes.io/hostname": node}
    return yaml.safe_dump([{"op": "add", "path": path, "value": value}])
