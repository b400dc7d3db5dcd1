"""Every object is one that the three newest Kubernetes versions, and the operators' own definitions, take."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .combinations import COMBINATIONS
from .definitions import Kind, schemas
from .lint import run
from .pods import Object
from .rendering import render

pytestmark = [pytest.mark.manifests, pytest.mark.timeout(300)]
VERSIONS = ("1.35", "1.36", "1.37")
CUSTOM: list[Kind] = [
    ("monitoring.coreos.com/v1", "PodMonitor"),
    ("monitoring.coreos.com/v1", "PrometheusRule"),
    ("keda.sh/v1alpha1", "ScaledObject"),
    ("gateway.networking.k8s.io/v1", "Gateway"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"),
    ("external-secrets.io/v1", "ExternalSecret"),
    ("postgresql.cnpg.io/v1", "Cluster"),
]
Write = Callable[[dict[str, Object]], list[Path]]


def _kind(one: Object) -> Kind:
    return one["apiVersion"], one["kind"]


def _name(one: Object) -> str:
    return f"{one['kind']}-{one['metadata']['name']}"


@pytest.fixture(scope="module")
def objects(kubectl: None) -> dict[str, Object]:
    """What differs between combinations, each once, by the first that has it."""
    different = {
        json.dumps(one): f"{name}-{_name(one)}" for name in COMBINATIONS for one in render(name).objects
    }
    return {name: json.loads(text) for text, name in different.items()}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes objects as files that are named like them."""

    def written(objects: dict[str, Object]) -> list[Path]:
        files = {tmp_path / f"{name}.json".replace(" ", "-"): one for name, one in objects.items()}
        for file, one in files.items():
            file.write_text(json.dumps(one))
        return list(files)

    return written


def test_the_versions_are_the_newest() -> None:
    newest = run("kubernetes-validate", "--version").stdout.strip()
    minor = int(newest.split(".")[1])
    assert tuple(f"1.{one}" for one in (minor - 2, minor - 1, minor)) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_kubernetes_takes_every_object(objects: dict[str, Object], write: Write, version: str) -> None:
    files = write({name: one for name, one in objects.items() if _kind(one) not in CUSTOM})
    done = run("kubernetes-validate", "--strict", "--quiet", "-k", version, *files)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", CUSTOM, ids=lambda kind: kind[1])
def test_its_operator_takes_every_object(
    objects: dict[str, Object], write: Write, kind: Kind, tmp_path: Path
) -> None:
    files = write({name: one for name, one in objects.items() if _kind(one) == kind})
    assert files
    done = _checked(tmp_path, kind, files)
    assert done.returncode == 0, done.stdout + done.stderr


def _checked(folder: Path, kind: Kind, files: list[Path]):
    schema = folder / "schema"
    schema.write_text(json.dumps(schemas()[kind]))
    options = ("--no-cache", "--regex-variant", "python", "--schemafile", schema)
    return run("check-jsonschema", *options, *files)


def _misspelt(objects: dict[str, Object], kind: str) -> dict[str, Object]:
    one = next(one for one in objects.values() if one["kind"] == kind)
    return {"misspelt": one | {"spec": one["spec"] | {"repilcas": 1}}}


def test_a_misspelt_field_is_refused_by_kubernetes(objects: dict[str, Object], write: Write) -> None:
    done = run(
        "kubernetes-validate", "--strict", "-k", VERSIONS[-1], *write(_misspelt(objects, "Deployment"))
    )
    assert done.returncode != 0
    assert "repilcas" in done.stdout + done.stderr


def test_a_misspelt_field_is_refused_by_a_definition(
    objects: dict[str, Object], write: Write, tmp_path: Path
) -> None:
    done = _checked(tmp_path, ("keda.sh/v1alpha1", "ScaledObject"), write(_misspelt(objects, "ScaledObject")))
    assert done.returncode != 0
    assert "repilcas" in done.stdout + done.stderr
