"""Whatever is called by name is there, and what is there is called by somebody."""

import ast
from collections.abc import Mapping

import pytest

from .combinations import K8S
from .references import GENERATED, config_maps, references, secrets, services
from .rendering import Rendered

LABELLED = "grafana_dashboard"  # found by its label


def _missing(rendered: Rendered, kind: str, there: Mapping[str, set[str]]) -> list[str]:
    return [
        f"{pod} wants {kind} {name} {key or ''}"
        for pod in rendered.pods
        for name, key in references(pod, kind)
        if name not in there or (key and key not in there[name])
    ]


def test_every_config_map_is_there(rendered: Rendered) -> None:
    assert _missing(rendered, "configMap", config_maps(rendered)) == []


def test_every_secret_is_there(rendered: Rendered) -> None:
    assert _missing(rendered, "secret", secrets(rendered)) == []


def test_every_config_map_is_read(rendered: Rendered) -> None:
    read = {name for pod in rendered.pods for name, _ in references(pod, "configMap")}
    maps = [one["metadata"] for one in rendered.of("ConfigMap")]
    labelled = {one["name"] for one in maps if LABELLED in one.get("labels", ())}
    assert set(config_maps(rendered)) == read | labelled


def test_every_service_account_is_there_and_used(rendered: Rendered) -> None:
    there = {one["metadata"]["name"] for one in rendered.of("ServiceAccount")}
    assert {pod.spec.get("serviceAccountName", "default") for pod in rendered.pods} - {"default"} == there


def test_every_claim_is_there_and_used(rendered: Rendered) -> None:
    volumes = [volume for pod in rendered.pods for volume in pod.spec.get("volumes", ())]
    claimed = {one["persistentVolumeClaim"]["claimName"] for one in volumes if "persistentVolumeClaim" in one}
    assert claimed == {one["metadata"]["name"] for one in rendered.of("PersistentVolumeClaim")}


def test_every_mount_has_its_volume_and_every_volume_its_mount(rendered: Rendered) -> None:
    for pod in rendered.pods:
        claims = pod.owner["spec"].get("volumeClaimTemplates", ())
        there = {one["name"] for one in pod.spec.get("volumes", ())}
        there |= {one["metadata"]["name"] for one in claims}
        assert {m["name"] for c in pod.containers for m in c.get("volumeMounts", ())} == there, str(pod)


def test_every_binding_binds_what_is_there(rendered: Rendered) -> None:
    for one in rendered.of("RoleBinding"):
        assert rendered.has(one["roleRef"]["kind"], one["roleRef"]["name"])
        assert all(rendered.has(subject["kind"], subject["name"]) for subject in one["subjects"])


def test_what_is_scaled_is_there(rendered: Rendered) -> None:
    for one in rendered.of("HorizontalPodAutoscaler", "ScaledObject"):
        target = one["spec"]["scaleTargetRef"]
        assert rendered.has(target.get("kind", "Deployment"), target["name"]), one["metadata"]["name"]


def test_whatever_is_routed_to_is_there(rendered: Rendered) -> None:
    there = services(rendered)
    for one in rendered.of("HTTPRoute"):
        for rule in one["spec"]["rules"]:
            assert all(ref["port"] in there[ref["name"]] for ref in rule.get("backendRefs", ()))
    for one in rendered.of("Ingress"):
        paths = [path for rule in one["spec"]["rules"] for path in rule["http"]["paths"]]
        assert {path["backend"]["service"]["name"] for path in paths} <= set(there)


def test_every_route_hangs_on_a_listener(rendered: Rendered) -> None:
    listeners = {
        (gateway["metadata"]["name"], listener["name"], listener["hostname"])
        for gateway in rendered.of("Gateway")
        for listener in gateway["spec"]["listeners"]
    }
    routes = {
        (parent["name"], parent["sectionName"], host)
        for route in rendered.of("HTTPRoute")
        for parent in route["spec"]["parentRefs"]
        for host in route["spec"]["hostnames"]
    }
    assert routes == listeners


def test_a_certificate_that_is_not_there_is_asked_for(rendered: Rendered) -> None:
    for one in rendered.of("Ingress", "Gateway"):
        assert one["metadata"]["annotations"]["cert-manager.io/cluster-issuer"], one["kind"]


@pytest.mark.parametrize("rendered", ["default"], indirect=True)
def test_the_program_makes_the_secrets_that_are_named(rendered: Rendered) -> None:
    tree = ast.parse((K8S / "components" / "generated-secrets" / "make_secrets.py").read_text())
    (wanted,) = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "WANTED"
    ]
    assert {name: {key} for name, key in wanted.items()} == GENERATED
