"""Who could connect with whom: what the picture shows of a combination, and what its policies allow."""

from collections.abc import Iterator, Sequence
from functools import cache

from .picture import Arrow, brought, drawn
from .policies import NAME, OURS, Connection, End, grants
from .rendering import Rendered

# Of the single machine alone: a cluster has its own way in, and asks a CronJob's object instead of a service.
NOT_HERE = {("learner", "nginx", 443), ("prometheus", "nginx", 8081), ("prometheus", "backup", 9101)}
BY = {"embedding provider": "provider-egress", "git": "git-curriculum"}  # who brings an optional arrow
INTERNET, STRANGER, API_SERVER = "the internet", "a stranger", "API server"
NAMES = {"nginx": ("way in",), "embedding provider": (INTERNET,), "git": (INTERNET,)}
# A rule for the API server cannot name it, so that its ports are open anywhere outside.
NAMES[API_SERVER] = (API_SERVER, INTERNET, STRANGER)
NAMES["learner"] = (INTERNET, API_SERVER)  # of the local overlay: any address
DATA = {"postgres": 5432, "redis": 6379, "qdrant": 6333}
API_PORTS = {"https": 443, "api": 6443, "minikube": 8443, "microk8s": 16443}
SOLVER = End("certificate solver", {"acme.cert-manager.io/http01-solver": "true"}, OURS, ports={"http": 8089})
RESOLVERS = [
    End("DNS", namespace={NAME: "kube-system"}, ports={"dns": 53}),
    End("DNS of the node", address="169.254.20.10", ports={"dns": 53}),
]
OUTSIDE = [
    End("way in", namespace={NAME: "ingress-nginx", "robotics-platform/way-in": "true"}),
    End("prometheus", namespace={NAME: "monitoring", "robotics-platform/watches": "true"}),
    End("operator", namespace={NAME: "cnpg-system"}),
    *RESOLVERS,
    # Under the labels of ours, which must not help it.
    End(
        STRANGER,
        {"app.kubernetes.io/name": "api"},
        {NAME: "other"},
        ports=API_PORTS | DATA | {"http": 8000, "web": 80},
    ),
    End(API_SERVER, address="10.43.0.1", ports=API_PORTS),
    End(INTERNET, address="203.0.113.5", ports=API_PORTS | {"http": 80, "postgres": 5432}),
]
Edge = tuple[str, str, int]


@cache
def ends(rendered: Rendered) -> list[End]:
    """Everybody."""
    mine = [End(pod.role, pod.labels, OURS, ports=pod.ports) for pod in rendered.pods]
    for one in rendered.of("Cluster"):
        label = {"cnpg.io/cluster": one["metadata"]["name"]}
        mine.append(End("postgres", label, OURS, ports={"postgres": 5432, "status": 8000}))
    if "acme-solver" in rendered.combination.parts:
        mine.append(SOLVER)
    if "managed-data" in rendered.combination.parts:
        mine += [End(name, address="10.1.2.3", ports={"it": port}) for name, port in DATA.items()]
    return [*mine, *OUTSIDE]


def expected(rendered: Rendered) -> set[Edge]:
    """What the picture shows, of those that are there."""
    parts, there = rendered.combination.parts, {end.name for end in ends(rendered)}
    arrows = {arrow for arrow in drawn() if not arrow.optional or BY[arrow.target] in parts}
    arrows |= {arrow for name, several in brought().items() if name in parts for arrow in several}
    if "monitoring" not in parts:
        arrows = {arrow for arrow in arrows if arrow.source != "prometheus"}
    edges = {edge for arrow in arrows if arrow[:3] not in NOT_HERE for edge in _edges(arrow)}
    asked = {(end.name, one.name, 53) for end in ends(rendered) if end.is_ours for one in RESOLVERS}
    ours = {end.name for end in ends(rendered) if end.is_ours}
    return asked | {edge for edge in edges if {*edge[:2]} <= there and {*edge[:2]} & ours}


def _edges(arrow: Arrow) -> Iterator[Edge]:
    """An arrow between those that stand for its ends in a cluster."""
    for source in NAMES.get(arrow.source, (arrow.source,)):
        for target in NAMES.get(arrow.target, (arrow.target,)):
            yield source, target, arrow.port


@cache
def allowed(rendered: Rendered) -> dict[Edge, list[list[str]]]:
    """What the policies allow, with the names of those that do."""
    policies = rendered.of("NetworkPolicy")
    found = ((connection, grants(policies, connection)) for connection in _possible(ends(rendered)))
    return {(c.source.name, c.target.name, c.port): names for c, names in found if names is not None}


def _possible(everybody: Sequence[End]) -> Iterator[Connection]:
    """Every connection of which one end is ours; to ours on every port that anybody has."""
    ports = {port for end in everybody for port in end.ports.values()}
    for source in everybody:
        for target in everybody:
            if source.is_ours or target.is_ours:
                for port in ports if target.is_ours else target.ports.values():
                    yield Connection(source, target, port)
