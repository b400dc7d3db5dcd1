"""What learners notice: releases, drains and streams."""

from typing import Any

import pytest

from .rendering import Rendered
from .selecting import selects

SHUTDOWN_SECONDS = 10  # API_SHUTDOWN_TIMEOUT_SECONDS


def _workload(rendered: Rendered, name: str) -> Any:
    (found,) = [one for one in rendered.of("Deployment") if one["metadata"]["name"] == name]
    return found["spec"]


def test_the_api_leaves_its_service_before_it_stops(rendered: Rendered) -> None:
    pod = _workload(rendered, "api")["template"]["spec"]
    pause = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pause > 0
    assert pod["terminationGracePeriodSeconds"] > pause + SHUTDOWN_SECONDS


def test_a_release_takes_no_pod_of_the_api_before_another_serves(rendered: Rendered) -> None:
    assert _workload(rendered, "api")["strategy"] == {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}


def test_ready_means_the_schema_is_at_head_and_alive_does_not_ask_for_it(rendered: Rendered) -> None:
    (container,) = _workload(rendered, "api")["template"]["spec"]["containers"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/livez"


def test_there_is_one_beat(rendered: Rendered) -> None:
    beat = _workload(rendered, "beat")
    assert (beat["replicas"], beat["strategy"]) == (1, {"type": "Recreate"})


def test_one_owner_of_each_number_of_replicas(rendered: Rendered) -> None:
    scaled = [one["spec"]["scaleTargetRef"]["name"] for one in rendered.of("HorizontalPodAutoscaler")]
    scaled += [one["spec"]["scaleTargetRef"]["name"] for one in rendered.of("ScaledObject")]
    assert sorted(scaled) == ["api", "worker"]
    assert all("replicas" not in _workload(rendered, name) for name in scaled)


def test_several_pods_are_spread_over_the_nodes(rendered: Rendered) -> None:
    scaled = ["api", "worker", *(["pgbouncer"] if rendered.has("Deployment", "pgbouncer") else [])]
    for name in scaled:
        template = _workload(rendered, name)["template"]
        spreads = template["spec"]["topologySpreadConstraints"]
        assert "kubernetes.io/hostname" in {spread["topologyKey"] for spread in spreads}
        assert all(selects(spread["labelSelector"], template["metadata"]["labels"]) for spread in spreads)


def test_copies_of_points_are_on_different_nodes(rendered: Rendered) -> None:
    for one in rendered.of("StatefulSet"):
        affinity = one["spec"]["template"]["spec"].get("affinity", {}).get("podAntiAffinity", {})
        required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", ())
        assert one["spec"]["replicas"] == 1 or required, one["metadata"]["name"]


@pytest.mark.parametrize("rendered", ["production", "everything"], indirect=True)
def test_an_ingress_passes_streams_on_as_they_come(rendered: Rendered) -> None:
    (ingress,) = rendered.of("Ingress")
    said = ingress["metadata"]["annotations"]
    assert said["nginx.ingress.kubernetes.io/proxy-buffering"] == "off"
    assert int(said["nginx.ingress.kubernetes.io/proxy-read-timeout"]) >= 300


@pytest.mark.parametrize("rendered", ["gateway", "managed data"], indirect=True)
def test_a_gateway_sets_no_limit_to_a_stream(rendered: Rendered) -> None:
    rules = [rule for route in rendered.of("HTTPRoute") for rule in route["spec"]["rules"]]
    (served,) = [rule for rule in rules if "backendRefs" in rule]
    assert served["timeouts"] == {"request": "0s"}


@pytest.mark.parametrize("rendered", ["production", "gateway"], indirect=True)
def test_the_world_does_not_see_the_figures(rendered: Rendered) -> None:
    routes = [one for one in rendered.of("Ingress", "HTTPRoute") if one["metadata"]["name"] == "api"]
    ((metrics, everything),) = [_destinations(route) for route in routes]
    assert (metrics, everything) == (("/metrics", None), ("/", "api"))


def _destinations(route: Any) -> list[tuple[str, str | None]]:
    """Each path with the service that answers it, if one of ours does."""
    if route["kind"] == "HTTPRoute":
        rules = route["spec"]["rules"]
        backends = [rule.get("backendRefs", [{"name": None}])[0]["name"] for rule in rules]
        return list(zip([rule["matches"][0]["path"]["value"] for rule in rules], backends, strict=True))
    (host,) = route["spec"]["rules"]
    paths = [(path["path"], path["backend"]["service"]["name"]) for path in host["http"]["paths"]]
    return [(path, None if service == "nothing" else service) for path, service in paths]


def test_only_the_local_overlay_opens_a_port_of_the_node(rendered: Rendered) -> None:
    types = {one["spec"].get("type", "ClusterIP") for one in rendered.of("Service")}
    assert types - {"ClusterIP"} == ({"NodePort"} if rendered.name == "local" else set())
