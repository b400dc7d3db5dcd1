"""`make k8s-up` takes up changed settings, which Jobs of the same release cannot."""

import os
import subprocess
from pathlib import Path

import pytest

from .combinations import ROOT

# In place of kubectl: writes down what it is asked, and refuses what is tried only if told to.
STUB = """#!/bin/sh
echo "$*" >>"{log}"
case "$*" in *--dry-run=server*) exit {refuses} ;; esac
"""


@pytest.mark.parametrize(("refuses", "deleted"), [(0, 0), (1, 1)])
def test_jobs_make_way_only_where_they_cannot_be_applied(tmp_path: Path, refuses: int, deleted: int) -> None:
    stub, log = tmp_path / "kubectl", tmp_path / "log"
    stub.write_text(STUB.format(log=log, refuses=refuses))
    stub.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["sh", str(ROOT / "scripts" / "cluster" / "up.sh"), "k8s"]
    subprocess.run(command, env=environment, check=True, capture_output=True)

    asked = log.read_text().splitlines()
    assert sum("delete jobs" in line for line in asked) == deleted
    assert "apply -k k8s" in asked[1 + deleted]
