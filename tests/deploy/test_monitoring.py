"""A cluster's Prometheus and Grafana are given what the containers' are given."""

import json
import re
import subprocess
from typing import Any

import pytest
import yaml

from .combinations import K8S, ROOT
from .rendering import Rendered

MONITORING = K8S / "components" / "monitoring"
WATCHED = ["production, watched", "requests in flight", "cloudnative-pg", "managed data", "everything"]
every_watched = pytest.mark.parametrize("rendered", WATCHED, indirect=True)


def test_the_rules_are_those_of_the_containers() -> None:
    command = ["sh", str(ROOT / "scripts" / "cluster" / "rules.sh")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert (MONITORING / "rules.yaml").read_text() == printed, "run `make k8s-rules`"


def test_no_rule_is_lost_on_the_way() -> None:
    files = sorted((ROOT / "monitoring" / "prometheus" / "rules").glob("*.yml"))
    groups = [group for file in files for group in yaml.safe_load(file.read_text())["groups"]]
    assert yaml.safe_load((MONITORING / "rules.yaml").read_text())["spec"]["groups"] == groups


@every_watched
def test_the_dashboard_is_that_of_the_containers(rendered: Rendered) -> None:
    (map_,) = [one for one in rendered.of("ConfigMap") if one["metadata"]["name"] == "dashboard"]
    file = ROOT / "monitoring" / "grafana" / "dashboards" / "platform.json"
    assert map_["metadata"]["labels"]["grafana_dashboard"] == "1"
    assert {name: json.loads(text) for name, text in map_["data"].items()} == {
        "platform.json": json.loads(file.read_text())
    }


def _job(monitor: dict[str, Any]) -> str:
    """The job that Prometheus knows a monitor's targets by."""
    for endpoint in monitor["spec"]["podMetricsEndpoints"]:
        for one in endpoint.get("relabelings", ()):
            if one["targetLabel"] == "job":
                return str(one["replacement"])
    label = monitor["spec"]["jobLabel"]
    return str(monitor["spec"]["selector"]["matchLabels"][label])


@pytest.mark.parametrize("rendered", ["requests in flight", "everything"], indirect=True)
def test_the_rules_know_every_monitor_by_its_job(rendered: Rendered) -> None:
    jobs = {_job(one) for one in rendered.of("PodMonitor")}
    text = str([one["spec"] for one in rendered.of("PrometheusRule")])
    asked = {job for jobs in re.findall(r'job=~?"([^"]+)"', text) for job in jobs.split("|")}
    # Host and gateway are not ours in a cluster; the backup is a CronJob, of which expected.yaml tells.
    assert jobs == asked - {"nginx", "node", "backup"}


@every_watched
def test_what_listens_for_prometheus_is_asked(rendered: Rendered) -> None:
    asked = {
        one["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] for one in rendered.of("PodMonitor")
    }
    listening = {pod.role for pod in rendered.pods if "metrics" in pod.ports}
    assert listening < asked
    assert asked - listening <= {"api", "qdrant"}  # on the port that learners and services ask


@every_watched
def test_expectations_name_objects_that_there_are(rendered: Rendered) -> None:
    (expected,) = [one for one in rendered.of("PrometheusRule") if one["metadata"]["name"] == "expected"]
    text = str(expected)
    assert set(re.findall(r'horizontalpodautoscaler="(\w+)"', text)) == {"api"}
    assert set(re.findall(r'cronjob="(\w+)"', text)) == {"backup"}
    assert rendered.has("HorizontalPodAutoscaler", "api")
    assert rendered.has("CronJob", "backup")
