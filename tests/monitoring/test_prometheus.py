"""Prometheus takes the configuration, and every alert fires when it should and only then."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import Promtool
from .reading import CASES, PROMETHEUS, RULES, alerts

_JOBS = re.compile(r'job=~?"([^"]+)"')
CASES_OF = {
    name: [
        case
        for file in CASES
        for test in yaml.safe_load(file.read_text())["tests"]
        for case in test["alert_rule_test"]
        if case["alertname"] == name
    ]
    for name in alerts()
}


def test_the_configuration_is_taken(promtool: Promtool) -> None:
    """Syntax only: the key is where it says in the container, and nowhere else."""
    checked = promtool("check", "config", "--syntax-only", PROMETHEUS / "prometheus.yml")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_rules_are_taken(promtool: Promtool) -> None:
    checked = promtool("check", "rules", *RULES)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("cases", CASES, ids=lambda file: file.stem)
def test_alerts_fire_in_trouble_and_only_then(promtool: Promtool, cases: Path) -> None:
    tried = promtool("test", "rules", cases)
    assert tried.returncode == 0, tried.stdout + tried.stderr


@pytest.mark.parametrize("name", CASES_OF)
def test_every_alert_is_tried_both_ways(name: str) -> None:
    assert any(case["exp_alerts"] for case in CASES_OF[name]), "no case in which it fires"
    assert any(not case["exp_alerts"] for case in CASES_OF[name]), "no case in which it keeps still"


def test_every_alert_says_how_urgent_it_is_and_what_to_do(alert_rules: dict[str, dict[str, Any]]) -> None:
    for name, rule in alert_rules.items():
        assert rule["labels"]["severity"] in ("critical", "warning"), name
        assert set(rule["annotations"]) == {"summary", "description", "runbook"}, name
        assert "for" in rule, name


def test_every_job_that_is_asked_for_is_scraped(all_expressions: list[str]) -> None:
    configured = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["scrape_configs"]
    asked = {job for one in all_expressions for jobs in _JOBS.findall(one) for job in jobs.split("|")}
    assert asked
    assert asked <= {one["job_name"] for one in configured}


class TestStart:
    """The script that stands before Prometheus."""

    def started(self, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run it with a program in Prometheus's place, which prints its arguments and what is expected."""
        fake = tmp_path / "prometheus"
        fake.write_text('#!/bin/sh\necho "$@"\ncat "$EXPECTED"\n')
        fake.chmod(0o755)
        script = (PROMETHEUS / "start.sh").read_text().replace("/tmp/", f"{tmp_path}/")
        return subprocess.run(
            ["sh", "-c", script, "start.sh", "--log.level=warn"],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin", "EXPECTED": f"{tmp_path}/expected.yml", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_the_environment_becomes_rules(self, tmp_path: Path, promtool: Promtool) -> None:
        done = self.started(tmp_path, API_REPLICAS="3", BACKUP_EVERY_SECONDS="3600")
        assert '{record: "robolearn:expected_api_replicas", expr: "vector(3)"}' in done.stdout
        assert '{record: "robolearn:expected_backup_seconds", expr: "vector(3600)"}' in done.stdout
        assert promtool("check", "rules", tmp_path / "expected.yml").returncode == 0

    def test_an_empty_variable_is_one_that_is_not_set(self, tmp_path: Path) -> None:
        done = self.started(tmp_path, API_REPLICAS="", BACKUP_EVERY_SECONDS="")
        assert "vector(1)" in done.stdout
        assert "vector(86400)" in done.stdout

    def test_what_is_no_number_is_refused_before_prometheus_starts(self, tmp_path: Path) -> None:
        done = self.started(tmp_path, API_REPLICAS="three")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == 'prometheus: API_REPLICAS is "three"; give a whole number.\n'

    def test_the_key_is_written_where_only_prometheus_reads_it(self, tmp_path: Path) -> None:
        self.started(tmp_path, QDRANT_API_KEY="a key")
        key = tmp_path / "qdrant_api_key"
        assert (key.read_text(), key.stat().st_mode & 0o777) == ("a key", 0o600)

    def test_arguments_are_passed_on(self, tmp_path: Path) -> None:
        assert "--log.level=warn" in self.started(tmp_path).stdout
