"""What production adds is there, wherever the data is."""

from typing import Any

import pytest

from .combinations import COMBINATIONS
from .rendering import Rendered

PRODUCTION = [name for name, one in COMBINATIONS.items() if "production" in one.parts]
every_production = pytest.mark.parametrize("rendered", PRODUCTION, indirect=True)


def _numbers(rendered: Rendered) -> dict[str, tuple[int, int]]:
    scaled = {one["metadata"]["name"]: one["spec"] for one in rendered.of("HorizontalPodAutoscaler")}
    numbers = {name: (one["minReplicas"], one["maxReplicas"]) for name, one in scaled.items()}
    for one in rendered.of("ScaledObject"):
        numbers[one["metadata"]["name"]] = (one["spec"]["minReplicaCount"], one["spec"]["maxReplicaCount"])
    return numbers


def test_there_is_production_with_data_elsewhere() -> None:
    others = {"managed-data", "cloudnative-pg", "qdrant-cluster"}
    assert others <= {part for name in PRODUCTION for part in COMBINATIONS[name].parts}


@every_production
def test_there_are_more_of_each(rendered: Rendered) -> None:
    assert _numbers(rendered) == {"api": (3, 12), "worker": (2, 8)}


@every_production
def test_databases_get_larger_volumes_and_what_they_need(rendered: Rendered) -> None:
    for one in rendered.of("StatefulSet"):
        if one["metadata"]["name"] != "redis":
            (claim,) = one["spec"]["volumeClaimTemplates"]
            assert claim["spec"]["resources"]["requests"] == {"storage": "50Gi"}
            (container,) = one["spec"]["template"]["spec"]["containers"]
            assert container["resources"]["requests"]["memory"] == "2Gi"


@every_production
def test_it_is_reached_by_tls_and_backed_up_and_has_no_samples(rendered: Rendered) -> None:
    assert rendered.has("Ingress", "api")
    assert rendered.has("CronJob", "backup")
    assert {pod.role for pod in rendered.pods}.isdisjoint({"ingest"})


def _spreads(rendered: Rendered) -> dict[str, Any]:
    return {
        f"{pod} {one['topologyKey']}": one
        for pod in rendered.pods
        for one in pod.spec.get("topologySpreadConstraints", ())
    }


@every_production
def test_the_api_is_spread_over_zones_too(rendered: Rendered) -> None:
    assert {
        f"Deployment api {key}" for key in ("kubernetes.io/hostname", "topology.kubernetes.io/zone")
    } <= set(_spreads(rendered))


def test_a_spread_never_keeps_a_pod_waiting_and_counts_those_of_its_release(rendered: Rendered) -> None:
    """DoNotSchedule would: tainted and full nodes count, so that a release or a drain stands still."""
    spreads = _spreads(rendered).values()
    assert {one["whenUnsatisfiable"] for one in spreads} == {"ScheduleAnyway"}
    assert all(one["matchLabelKeys"] == ["pod-template-hash"] for one in spreads)


@pytest.mark.parametrize("rendered", ["requests in flight", "everything"], indirect=True)
def test_the_api_is_scaled_by_requests_too(rendered: Rendered) -> None:
    (spec,) = [
        one["spec"]
        for one in rendered.of("HorizontalPodAutoscaler")
        if one["spec"]["scaleTargetRef"]["name"] == "api"
    ]
    assert [metric["type"] for metric in spec["metrics"]] == ["Resource", "Pods"]
    pods = spec["metrics"][1]["pods"]
    assert pods["metric"]["name"] == "robolearn_http_requests_in_flight"
    assert pods["target"] == {"type": "AverageValue", "averageValue": "8"}
