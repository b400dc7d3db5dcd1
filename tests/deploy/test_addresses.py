"""Every address in a setting leads to a Service of the namespace, or out of the cluster on purpose."""

import re
from collections.abc import Iterator

from .references import services
from .rendering import Rendered

# A URL, or `host:port/` as an exporter has it.
PLACE = re.compile(r"(?:^|//|@)([a-z][\w.$-]*):(\d+)(?:/|$|\")")
EXAMPLES = ".example.org"  # an operator's own, to be written there
MONITORING = "prometheus-operated.monitoring"  # of another namespace


def _places(rendered: Rendered) -> Iterator[tuple[str, int]]:
    settings = [one for one in rendered.of("ConfigMap") if one["metadata"]["name"].startswith("settings-")]
    values = [value for one in settings for value in one["data"].values()]
    values += [variable.get("value", "") for pod in rendered.pods for variable in pod.variables]
    values += [trigger["metadata"]["serverAddress"] for trigger in _triggers(rendered)]
    for value in values:
        yield from ((host, int(port)) for host, port in PLACE.findall(value))


def _triggers(rendered: Rendered) -> list[dict[str, dict[str, str]]]:
    return [trigger for one in rendered.of("ScaledObject") for trigger in one["spec"]["triggers"]]


def test_every_address_leads_somewhere(rendered: Rendered) -> None:
    there = services(rendered)
    places = {place for place in _places(rendered) if not place[0].endswith((EXAMPLES, MONITORING))}
    assert {place for place in places if place[1] not in there.get(place[0], ())} == set()


def test_addresses_are_seen(rendered: Rendered) -> None:
    ports = {port for _, port in _places(rendered)}
    assert {5432, 6333, 6379} <= ports


def test_a_host_name_is_written_once(rendered: Rendered) -> None:
    """The way in and its certificate are for one host."""
    hosts = {rule["host"] for one in rendered.of("Ingress") for rule in one["spec"]["rules"]}
    hosts |= {host for one in rendered.of("Ingress") for tls in one["spec"]["tls"] for host in tls["hosts"]}
    hosts |= {host for one in rendered.of("HTTPRoute") for host in one["spec"]["hostnames"]}
    assert len(hosts) <= 1
