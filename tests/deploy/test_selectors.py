"""Every selector finds the pods that it is meant for, and every port that is named is one of theirs."""

from collections.abc import Iterator

from .pods import Object, Pod
from .references import selected
from .rendering import Rendered
from .selecting import selects

ANSWERS_NOBODY = {"nothing"}  # the Ingress leads there what nobody is to see


def _peers(policy: Object) -> Iterator[Object]:
    spec = policy["spec"]
    for rule, direction in (("ingress", "from"), ("egress", "to")):
        for one in spec.get(rule, ()):
            for peer in one.get(direction, ()):
                if "podSelector" in peer and "namespaceSelector" not in peer:
                    yield peer["podSelector"]


def _selectors(rendered: Rendered) -> Iterator[tuple[str, Object]]:
    for one in rendered.of("Deployment", "StatefulSet", "PodDisruptionBudget", "PodMonitor"):
        yield f"{one['kind']} {one['metadata']['name']}", one["spec"]["selector"]
    for one in rendered.of("Service"):
        if one["metadata"]["name"] not in ANSWERS_NOBODY:
            yield f"Service {one['metadata']['name']}", {"matchLabels": one["spec"]["selector"]}
    for one in rendered.of("NetworkPolicy"):
        name = f"NetworkPolicy {one['metadata']['name']}"
        yield from ((name, selector) for selector in (one["spec"]["podSelector"], *_peers(one)))


def test_every_selector_finds_a_pod(rendered: Rendered) -> None:
    assert [name for name, selector in _selectors(rendered) if not selected(rendered, selector)] == []


def test_a_workload_selects_its_own_pods_and_no_others(rendered: Rendered) -> None:
    for one in rendered.of("Deployment", "StatefulSet"):
        (pod,) = selected(rendered, one["spec"]["selector"])
        assert pod.owner is one


def test_every_port_of_a_service_is_one_of_its_pods(rendered: Rendered) -> None:
    for one in rendered.of("Service"):
        pods = (
            selected(rendered, {"matchLabels": one["spec"]["selector"]}) if "selector" in one["spec"] else []
        )
        for port in one["spec"]["ports"]:
            assert all(pod.ports[port["targetPort"]] == port["port"] for pod in pods), one["metadata"]["name"]


def test_every_stateful_set_has_its_headless_service(rendered: Rendered) -> None:
    headless = [one for one in rendered.of("Service") if one["spec"].get("clusterIP") == "None"]
    names = {one["metadata"]["name"] for one in headless}
    assert {one["spec"]["serviceName"] for one in rendered.of("StatefulSet")} <= names


def test_every_monitor_asks_a_port_that_there_is(rendered: Rendered) -> None:
    for one in rendered.of("PodMonitor"):
        for endpoint in one["spec"]["podMetricsEndpoints"]:
            found = selected(rendered, one["spec"]["selector"])
            assert all(endpoint["port"] in pod.ports for pod in found), one["metadata"]["name"]


def _probed(pod: Pod) -> Iterator[str]:
    for container in pod.containers:
        for name in ("startupProbe", "readinessProbe", "livenessProbe"):
            probe = container.get(name, {})
            for way in ("httpGet", "tcpSocket", "grpc"):
                if way in probe:
                    yield probe[way]["port"]


def test_every_probe_asks_a_port_by_name_that_the_pod_has(rendered: Rendered) -> None:
    for pod in rendered.pods:
        assert set(_probed(pod)) <= set(pod.ports), str(pod)


def test_every_port_of_a_policy_has_a_name_or_number_that_is_listened_on(rendered: Rendered) -> None:
    for one in rendered.of("NetworkPolicy"):
        pods = [pod for pod in rendered.pods if selects(one["spec"]["podSelector"], pod.labels)]
        for rule in one["spec"].get("ingress", ()):
            for port in rule["ports"]:
                known = [{*pod.ports, *pod.ports.values()} for pod in pods]
                assert all(port["port"] in ports for ports in known), one["metadata"]["name"]
