"""Every combination of the manifests that makes sense: folders, and components on top of a folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

ROOT = Path(__file__).parents[2]
K8S = ROOT / "k8s"
WHOLE = ("self-contained", "network-policies")
WATCHED = (*WHOLE, "backup", "monitoring")


@dataclass(frozen=True)
class Combination:
    """A folder under k8s/, and what is added to it."""

    folder: str
    components: tuple[str, ...] = ()

    @cached_property
    def parts(self) -> set[str]:
        """The names of the folder and of all components that are in it, by whatever way."""
        own = {self.folder.rpartition("/")[2]} | _parts(self.folder)
        return own | {part for name in self.components for part in _of_component(name)}

    @contextmanager
    def written(self) -> Iterator[Path]:
        """The folder that kubectl is given."""
        if not self.components:
            yield K8S / self.folder
            return
        with TemporaryDirectory() as made:
            folder = Path(made).resolve()
            (folder / "kustomization.yaml").write_text(yaml.safe_dump(self._kustomization(folder)))
            yield folder

    def _kustomization(self, folder: Path) -> dict[str, object]:
        components = [os.path.relpath(K8S / "components" / name, folder) for name in self.components]
        return {
            "namespace": "robotics-platform",
            "resources": [os.path.relpath(K8S / self.folder, folder)],
            "components": components,
        }


def _parts(folder: str) -> set[str]:
    """Those that a folder's own file names."""
    listed = yaml.safe_load((K8S / folder / "kustomization.yaml").read_text()).get("components", ())
    return {part for path in listed for part in _of_component(path.rpartition("/")[2])}


def _of_component(name: str) -> set[str]:
    there = (K8S / "components" / name).is_dir()
    return {name} | (_parts(f"components/{name}") if there else set())


def _of_base(*components: str) -> Combination:
    return Combination("base", (*components, "release", "hardened"))


def _in_production(*components: str) -> Combination:
    return Combination("base", (*components, "production", "hardened"))


COMBINATIONS = {
    "default": Combination("."),
    "local": Combination("overlays/local"),
    "production": Combination("overlays/production"),
    "production, watched": _in_production(*WHOLE, "monitoring", "keda"),
    "production, managed data": _in_production(
        *("external-secrets", "network-policies", "monitoring", "managed-data"),
    ),
    "production, cloudnative-pg": Combination(
        "base",
        (
            *("generated-secrets", "redis", "qdrant", "network-policies", "pgbouncer", "monitoring"),
            *("production", "cloudnative-pg", "hardened"),
        ),
    ),
    "production, qdrant cluster": _in_production(*WHOLE, "qdrant-cluster"),
    "on top of production": Combination("overlays/production", ("monitoring", "hardened")),
    "gateway": _of_base(*WHOLE, "gateway"),
    "provider and git": _of_base(*WHOLE, "provider-egress", "git-curriculum"),
    "requests in flight": _of_base(*WATCHED, "requests-in-flight"),
    "pgbouncer": _of_base(*WHOLE, "pgbouncer"),
    "qdrant cluster": _of_base(*WHOLE, "qdrant-cluster", "backup"),
    "cloudnative-pg": _of_base(
        *("generated-secrets", "redis", "qdrant", "sample-curriculum", "git-curriculum", "backup"),
        *("network-policies", "pgbouncer", "monitoring", "cloudnative-pg"),
    ),
    "external secrets": _of_base("external-secrets", "postgres", "redis", "qdrant", "network-policies"),
    "managed data": _of_base(
        *("external-secrets", "sample-curriculum", "backup", "network-policies", "provider-egress"),
        *("monitoring", "managed-data", "gateway"),
    ),
    "everything": _of_base(
        *WATCHED,
        *("qdrant-cluster", "sample-curriculum", "git-curriculum", "pgbouncer", "provider-egress"),
        *("keda", "requests-in-flight", "ingress"),
    ),
}
