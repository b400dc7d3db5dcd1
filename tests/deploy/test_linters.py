"""kube-score and checkov find nothing that has no reason beside it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from .combinations import COMBINATIONS, ROOT
from .exceptions import CHECKOV, KUBE_SCORE, Allowed, Finding, stale, unexpected
from .lint import run
from .rendering import render

KUBERNETES = "v1.30"  # the oldest that scripts/cluster/check.py lets pass
FINE = 10  # kube-score's best grade
linted = [pytest.mark.manifests, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def files(kubectl: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each combination in a file."""
    folder = tmp_path_factory.mktemp("rendered")
    found = {name: folder / f"{name.replace(' ', '-')}.yaml" for name in COMBINATIONS}
    for name, file in found.items():
        file.write_text(render(name).text)
    return found


@pytest.fixture(scope="module")
def scored(files: dict[str, Path]) -> set[Finding]:
    """What kube-score finds, in each combination by itself: it compares objects with each other."""
    return {finding for file in files.values() for finding in _scored(file)}


def _scored(file: Path) -> set[Finding]:
    options = ("--kubernetes-version", KUBERNETES, "--output-format", "json")
    done = run("kube-score", "score", *options, file)
    assert done.stdout.startswith("["), done.stderr
    return {
        Finding(check["check"]["id"], f"{one['type_meta']['kind']} {one['object_meta']['name']}")
        for one in json.loads(done.stdout)
        for check in one["checks"]
        if not check["skipped"] and check["grade"] < FINE
    }


@pytest.fixture(scope="module")
def checked(files: dict[str, Path]) -> set[Finding]:
    """What checkov finds, of all combinations at once: its start is what takes long."""
    folder = next(iter(files.values())).parent
    options = ("--framework", "kubernetes", "--skip-download", "--compact", "--quiet", "-o", "json")
    done = run("checkov", "-d", folder, *options)
    told = json.loads(done.stdout)
    assert told["summary"]["parsing_errors"] == 0
    return {_of_checkov(one["check_id"], one["resource"]) for one in told["results"]["failed_checks"]}


def _of_checkov(rule: str, resource: str) -> Finding:
    kind, *_, name = resource.split(".")
    return Finding(rule, f"{kind} {name}")


TOOLS = [
    pytest.param("scored", KUBE_SCORE, marks=linted, id="kube-score"),
    pytest.param("checked", CHECKOV, marks=linted, id="checkov"),
]


@pytest.mark.parametrize(("tool", "exceptions"), TOOLS)
def test_every_finding_has_its_reason(
    tool: str, exceptions: Sequence[Allowed], request: pytest.FixtureRequest
) -> None:
    assert unexpected(request.getfixturevalue(tool), exceptions) == []


@pytest.mark.parametrize(("tool", "exceptions"), TOOLS)
def test_every_reason_has_its_finding(
    tool: str, exceptions: Sequence[Allowed], request: pytest.FixtureRequest
) -> None:
    assert stale(request.getfixturevalue(tool), exceptions) == []


def test_a_finding_without_a_reason_and_a_reason_without_a_finding_are_seen() -> None:
    exceptions = [Allowed("probes", ("Deployment a*", "Job b"), "why")]
    findings = [
        Finding("probes", "Deployment api"),
        Finding("probes", "Deployment web"),
        Finding("age", "Job b"),
    ]
    assert unexpected(findings, exceptions) == findings[1:]
    assert stale(findings, exceptions) == ["probes of Job b"]


def test_the_oldest_version_is_the_one_that_is_asked_for() -> None:
    check = (ROOT / "scripts" / "cluster" / "check.py").read_text()
    assert f"OLDEST = ({KUBERNETES.removeprefix('v').replace('.', ', ')})" in check


@pytest.mark.parametrize("exception", [*KUBE_SCORE, *CHECKOV], ids=lambda one: f"{one.rule} {one.objects[0]}")
def test_a_reason_is_a_sentence(exception: Allowed) -> None:
    assert len(exception.reason.split()) > 4
    assert exception.reason.endswith(".")
