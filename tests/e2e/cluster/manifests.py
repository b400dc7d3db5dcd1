"""The manifests as the tests apply them: other images, and data on a node that is known."""

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

from ..containers.commands import ROOT

DEFAULT = ROOT / "k8s"
LOCAL = DEFAULT / "overlays" / "local"


def write(folder: Path, images: Mapping[str, str], data_node: str, of: Path = LOCAL) -> Path:
    """A kustomization in a folder of its own; the folder. `images` are those to run, by what they replace."""
    folder.mkdir(parents=True, exist_ok=True)
    kustomization = {
        "resources": [os.path.relpath(of, folder.resolve())],
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
