"""`make k8s-up` takes up changed settings, which Jobs cannot, and tells which Job failed."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from .combinations import ROOT

# In place of kubectl: writes down what it is asked. The Job failed-v1 is done once it was deleted.
STUB = """#!/bin/sh
echo "$*" >>"{folder}/log"
case "$*" in
    *--dry-run=server*) cat "{folder}/refusal" >&2; exit "$(test ! -s "{folder}/refusal"; echo $?)" ;;
    "get -k k8s"*) cat "{folder}/jobs" ;;
    *"delete job failed-v1"*) echo "failed-v1 Complete" >"{folder}/jobs" ;;
    *" logs "*) echo "the schema is of another release" ;;
esac
"""
DUMP = 'spec.template: Invalid value: core.PodTemplateSpec{Name:"", X:1}: field is immutable'
PATCHED = (
    f'Error from server (Invalid): applying patch:\n{{}}\nfor: "k8s": Job.batch "b-v1" is invalid: {DUMP}'
)
DONE = "migrate-v1 SuccessCriteriaMet Complete"


class Run(NamedTuple):
    """What became of it, and what it asked kubectl."""

    code: int
    told: str
    asked: list[str]

    @property
    def deleted(self) -> list[str]:
        """The Jobs that made way."""
        return [line.split()[4] for line in self.asked if "delete job" in line]


Up = Callable[..., Run]


@pytest.fixture
def up(tmp_path: Path) -> Up:
    """Runs it on a cluster that says `refusal` to a dry run, and has these Jobs."""

    def run(refusal: str = "", jobs: str = DONE) -> Run:
        (tmp_path / "refusal").write_text(refusal)
        (tmp_path / "jobs").write_text(f"{jobs}\n")
        (tmp_path / "kubectl").write_text(STUB.format(folder=tmp_path))
        (tmp_path / "kubectl").chmod(0o755)
        environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "MINUTES": "0"}
        command = ["sh", str(ROOT / "scripts" / "cluster" / "up.sh"), "k8s"]
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        return Run(done.returncode, done.stderr, (tmp_path / "log").read_text().splitlines())

    return run


@pytest.mark.parametrize(
    ("refusal", "deleted"),
    [
        ("", []),
        (f'The Job "a-v1" is invalid: {DUMP}', ["a-v1"]),
        (f'The Job "a-v1" is invalid: {DUMP}\n{PATCHED}', ["a-v1", "b-v1"]),
        ('Error from server (NotFound): namespaces "robotics-platform" not found', []),
        ('The Deployment "api" is invalid: spec.selector: Invalid value: {}: field is immutable', []),
        ('The Job "a-v1" is invalid: spec.backoffLimit: Invalid value: -1: must be positive', []),
    ],
)
def test_jobs_make_way_only_where_they_cannot_be_changed(up: Up, refusal: str, deleted: list[str]) -> None:
    done = up(refusal)
    assert (done.code, done.deleted) == (0, deleted)
    assert "apply -k k8s" in done.asked


def test_a_job_that_failed_is_tried_again(up: Up) -> None:
    done = up(jobs=f"failed-v1 FailureTarget Failed\n{DONE}")
    assert (done.code, done.deleted) == (0, ["failed-v1"])
    assert done.asked.index("apply -k k8s") > done.asked.index(
        "-n robotics-platform delete job failed-v1 --ignore-not-found"
    )


def test_a_job_that_fails_now_ends_it_with_its_last_words(up: Up) -> None:
    done = up(jobs=f"{DONE}\nstays-v1 FailureTarget Failed")
    assert done.code == 1
    assert done.told.splitlines()[-2:] == [
        "k8s-up: the Job stays-v1 has failed. Its last words:",
        "the schema is of another release",
    ]
    assert not any("rollout" in line for line in done.asked)


def test_a_job_that_does_not_end_is_not_waited_for_forever(up: Up) -> None:
    done = up(jobs=f"{DONE}\nslow-v1 ")
    assert done.code == 1
    assert "slow-v1" in done.told
