"""Names that objects call each other by, and who answers to them."""

from collections.abc import Iterator
from typing import Any

from .pods import Object, Pod
from .rendering import Rendered
from .selecting import selects

# What generated-secrets' program makes; a test holds it to the program.
GENERATED = {"database": {"DATABASE_PASSWORD"}, "redis": {"REDIS_PASSWORD"}, "qdrant": {"QDRANT_API_KEY"}}


def secrets(rendered: Rendered) -> dict[str, set[str]]:
    """Each secret that there will be, with its keys, whoever makes it."""
    found = {one["metadata"]["name"]: {*one.get("data", ())} for one in rendered.of("Secret")}
    if rendered.runs("make-secrets"):
        found |= GENERATED
    for one in rendered.of("ExternalSecret"):
        found[one["spec"]["target"]["name"]] = {entry["secretKey"] for entry in one["spec"]["data"]}
    for one in rendered.of("Cluster"):
        # https://cloudnative-pg.io/documentation/current/applications/#secrets
        found[f"{one['metadata']['name']}-app"] = {"username", "password", "host", "port", "dbname", "uri"}
    return found


def config_maps(rendered: Rendered) -> dict[str, set[str]]:
    """Each ConfigMap with its keys."""
    return {one["metadata"]["name"]: set(one["data"]) for one in rendered.of("ConfigMap")}


def services(rendered: Rendered) -> dict[str, set[int]]:
    """Each Service with its ports."""
    found = {
        one["metadata"]["name"]: {port["port"] for port in one["spec"]["ports"]}
        for one in rendered.of("Service")
    }
    for one in rendered.of("Cluster"):
        found |= {f"{one['metadata']['name']}-{kind}": {5432} for kind in ("rw", "ro", "r")}
    return found


def selected(rendered: Rendered, selector: Object) -> list[Any]:
    """The pods that a selector finds: of templates, and those that operators make."""
    made = [{"cnpg.io/cluster": one["metadata"]["name"]} for one in rendered.of("Cluster")]
    if rendered.of("Ingress", "Gateway"):
        made.append({"acme.cert-manager.io/http01-solver": "true"})
    templates = [pod for pod in rendered.pods if selects(selector, pod.labels)]
    return [*templates, *(labels for labels in made if selects(selector, labels))]


def references(pod: Pod, kind: str) -> Iterator[tuple[str, str | None]]:
    """The ConfigMaps (`configMap`) or secrets (`secret`) that a pod cannot start without: name and key."""
    for container in pod.containers:
        for source in container.get("envFrom", ()):
            if (ref := source.get(f"{kind}Ref")) and not ref.get("optional"):
                yield ref["name"], None
    for variable in pod.variables:
        if ref := variable.get("valueFrom", {}).get(f"{kind}KeyRef"):
            yield ref["name"], ref["key"]
    for volume in pod.spec.get("volumes", ()):
        if source := volume.get(kind):
            yield source.get("name") or source["secretName"], None
