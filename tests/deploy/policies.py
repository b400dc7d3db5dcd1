"""NetworkPolicies, as the cluster reads them: what is not allowed on both sides is not allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

from .pods import Object
from .selecting import selects

NAME = "kubernetes.io/metadata.name"
OURS = {NAME: "robotics-platform"}


@dataclass(frozen=True)
class End:
    """Who may connect or be connected to: a pod of a namespace, or an address outside the cluster."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    namespace: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    ports: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether our policies are about it."""
        return self.namespace.get(NAME) == OURS[NAME]


class Side(NamedTuple):
    """What one of both ends is told by its policies: the kind of rule, and where that keeps the peers."""

    mine: End
    other: End
    kind: str
    peers: str


@dataclass(frozen=True)
class Connection:
    """`source` connects to a port of `target`."""

    source: End
    target: End
    port: int
    protocol: str = "TCP"

    @property
    def sides(self) -> tuple[Side, Side]:
        """That of the source, that of the target."""
        return (
            Side(self.source, self.target, "Egress", "to"),
            Side(self.target, self.source, "Ingress", "from"),
        )


def grants(policies: Sequence[Object], connection: Connection) -> list[list[str]] | None:
    """For each side that is ours the policies that allow it, once a rule; None where a side does not."""
    found = [_allowing(policies, connection, side) for side in connection.sides if side.mine.is_ours]
    return found if all(found) else None


def _allowing(policies: Sequence[Object], connection: Connection, side: Side) -> list[str]:
    about = [
        one
        for one in policies
        if side.kind in one["spec"]["policyTypes"] and selects(one["spec"]["podSelector"], side.mine.labels)
    ]
    allowing = [
        one["metadata"]["name"]
        for one in about
        for rule in one["spec"].get(side.kind.lower(), ())
        if _is_peer(rule.get(side.peers), side.other) and _is_port(rule.get("ports"), connection)
    ]
    return allowing if about else ["nothing is denied"]


def _is_peer(peers: Sequence[Any] | None, other: End) -> bool:
    """No list of peers means everybody."""
    return not peers or any(_matches(peer, other) for peer in peers)


def _matches(peer: Object, other: End) -> bool:
    if block := peer.get("ipBlock"):
        return other.address is not None and _is_in(other.address, block)
    if "namespaceSelector" in peer:
        near = other.address is None and selects(peer["namespaceSelector"], other.namespace)
    else:
        near = other.is_ours
    return near and selects(peer.get("podSelector", {}), other.labels)


def _is_in(address: str, block: Object) -> bool:
    found = ip_address(address)
    return found in ip_network(block["cidr"]) and not any(
        found in ip_network(one) for one in block.get("except", ())
    )


def _is_port(ports: Sequence[Any] | None, connection: Connection) -> bool:
    """No list of ports means all; a name is looked up at the target."""
    named = connection.target.ports
    return not ports or any(
        connection.port == named.get(one["port"], one["port"]) and connection.protocol == one["protocol"]
        for one in ports
    )
