"""docs/kubernetes.md tells of what there is."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from .combinations import K8S, ROOT
from .guide import BLOCKS, EXAMPLE, GUIDE

COMPONENTS = {path.parent.name for path in (K8S / "components").glob("*/kustomization.yaml")}
TABLE = GUIDE.partition("\n## Components\n")[2].partition("\n## ")[0]


def test_the_table_has_every_component_once() -> None:
    rows = [line.split("|")[1] for line in TABLE.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    assert sorted(named) == sorted(COMPONENTS)


@pytest.mark.usefixtures("kubectl")
def test_the_example_renders(tmp_path: Path) -> None:
    written = EXAMPLE.replace("../..", os.path.relpath(K8S, tmp_path.resolve()))
    (tmp_path / "kustomization.yaml").write_text(written)
    done = subprocess.run(["kubectl", "kustomize", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "EMBEDDING_PROVIDER: openai" in done.stdout


def test_the_rule_of_the_adapter_is_for_the_figure_that_is_asked_for() -> None:
    (rule,) = next(yaml.safe_load(block)["rules"] for block in BLOCKS if "rules:" in block)
    asked = (K8S / "components" / "requests-in-flight" / "kustomization.yaml").read_text()
    assert f"name: {rule['seriesQuery'].partition('{')[0]}}}" in asked


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z0-9-]+)", GUIDE))))
def test_every_command_is_a_target(target: str) -> None:
    makefiles = [ROOT / "Makefile", *(ROOT / "make").glob("*.mk")]
    assert any(re.search(rf"^{target}:", file.read_text(), re.MULTILINE) for file in makefiles)
