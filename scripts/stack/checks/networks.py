"""Is the private network's range free?"""

import ipaddress
from collections.abc import Iterable, Iterator

from scripts.stack import docker
from scripts.stack.stacks import Stack

DEFAULT = "172.28.0.0/16"


def check(stack: Stack) -> Iterator[str]:
    """A range that is none, or that another network of the engine has."""
    if not stack.is_production:
        return  # there the engine chooses
    given = stack.value("NETWORK_SUBNET", DEFAULT)
    try:
        subnet = ipaddress.ip_network(given)
    except ValueError:
        yield f"NETWORK_SUBNET is {given}, which is no range; give one as in {DEFAULT}."
        return
    for name, other in _others(f"robotics_network_prod{stack.value('NETWORK_SUFFIX')}"):
        if other.version == subnet.version and other.overlaps(subnet):
            yield f"The network {name} has {other}, which overlaps {subnet}; set NETWORK_SUBNET to another."


def free(candidates: Iterable[str]) -> str:
    """The first range that no network of the engine overlaps; the last one, where all do."""
    taken = [network for _, network in _others("")]
    for candidate in candidates:
        if not any(
            ipaddress.ip_network(candidate).overlaps(other)
            for other in taken
            if isinstance(other, ipaddress.IPv4Network)
        ):
            break
    return candidate


def _others(own: str) -> Iterator[tuple[str, ipaddress.IPv4Network | ipaddress.IPv6Network]]:
    names = docker.answer(["docker", "network", "ls", "--format", "{{.Name}}"]).split()
    if own in names:
        names.remove(own)
    for network in docker.objects(["docker", "network", "inspect", *names]):
        for config in network["IPAM"]["Config"] or ():
            yield network["Name"], ipaddress.ip_network(config["Subnet"], strict=False)
