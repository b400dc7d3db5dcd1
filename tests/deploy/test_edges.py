"""Each arrow of the architecture's picture is allowed by policies, and nothing else is."""

from typing import Any

import pytest

from .edges import INTERNET, NOT_HERE, RESOLVERS, allowed, ends, expected
from .picture import Arrow, brought, drawn
from .policies import OURS, Connection, End, grants
from .references import references
from .rendering import Rendered


def test_every_arrow_is_allowed(rendered: Rendered) -> None:
    assert expected(rendered) - set(allowed(rendered)) == set()


def test_nothing_but_the_arrows_is_allowed(rendered: Rendered) -> None:
    assert set(allowed(rendered)) - expected(rendered) == set()


@pytest.mark.parametrize("rendered", ["default", "local", "production"], indirect=True)
def test_nothing_of_the_platform_gets_out_by_default(rendered: Rendered) -> None:
    """Only who needs the API server, which has no pod and no name that a policy could select."""
    assert {source for source, target, _ in allowed(rendered) if target == INTERNET} == {"make-secrets"}


def test_each_side_of_an_arrow_is_allowed_once(rendered: Rendered) -> None:
    sides = [(edge, side) for edge, both in allowed(rendered).items() for side in both]
    assert [(edge, side) for edge, side in sides if len(side) > 1] == []


def test_names_are_resolved_by_datagrams_too(rendered: Rendered) -> None:
    policies = rendered.of("NetworkPolicy")
    asking = [end for end in ends(rendered) if end.is_ours]
    assert all(grants(policies, Connection(end, one, 53, "UDP")) for end in asking for one in RESOLVERS)


def test_a_secret_is_given_to_those_who_may_connect_to_what_it_opens(rendered: Rendered) -> None:
    opens = {"database": "postgres", "postgres-app": "postgres", "redis": "redis", "qdrant": "qdrant"}
    edges = {(source, target) for source, target, _ in allowed(rendered)}
    for pod in rendered.pods:
        given = {opens[name] for name, _ in references(pod, "secret") if name in opens}
        assert given <= {target for source, target in edges if source == pod.role} | {pod.role}, str(pod)


def test_the_picture_is_read() -> None:
    arrows = drawn()
    assert {Arrow("beat", "redis", 6379), Arrow("worker", "qdrant", 6333)} < arrows
    assert Arrow("api", "embedding provider", 443, optional=True) in arrows
    assert {arrow[:3] for arrow in arrows} > NOT_HERE
    assert all(brought().values())


WEB = End("web", {"app": "web"}, OURS, ports={"http": 80})
DATA = End("data", {"app": "data"}, OURS, ports={"sql": 5432})


def _policy(direction: str, **spec: Any) -> dict[str, Any]:
    return {"metadata": {"name": direction}, "spec": {"policyTypes": [direction], "podSelector": {}, **spec}}


def _rule(who: str, peer: dict[str, Any], port: int | str = 5432) -> list[dict[str, Any]]:
    return [{who: [peer], "ports": [{"port": port, "protocol": "TCP"}]}]


TO_DATA = _policy("Egress", egress=_rule("to", {"podSelector": {"matchLabels": {"app": "data"}}}))
FROM_WEB = _policy("Ingress", ingress=_rule("from", {"podSelector": {"matchLabels": {"app": "web"}}}, "sql"))


@pytest.mark.parametrize(
    ("policies", "is_allowed"),
    [
        ([], True),
        ([TO_DATA, FROM_WEB], True),
        ([TO_DATA, _policy("Ingress")], False),
        ([_policy("Egress"), FROM_WEB], False),
        ([TO_DATA, FROM_WEB, _policy("Ingress"), _policy("Egress")], True),
        ([_policy("Egress", egress=_rule("to", {"namespaceSelector": {"matchLabels": {"a": "b"}}}))], False),
        ([_policy("Egress", egress=_rule("to", {"ipBlock": {"cidr": "0.0.0.0/0"}}))], False),
        ([_policy("Egress", egress=[{}])], True),
        ([_policy("Egress", egress=_rule("to", {"podSelector": {}}, 80))], False),
    ],
)
def test_both_sides_have_to_allow_it(policies: list[dict[str, Any]], is_allowed: bool) -> None:
    assert (grants(policies, Connection(WEB, DATA, 5432)) is not None) is is_allowed


@pytest.mark.parametrize(("address", "is_allowed"), [("203.0.113.5", True), ("10.0.0.1", False)])
def test_an_exception_of_a_block_is_left_out(address: str, is_allowed: bool) -> None:
    block = {"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}
    policies = [_policy("Egress", egress=_rule("to", block))]
    target = End("there", address=address)
    assert bool(grants(policies, Connection(WEB, target, 5432))) is is_allowed
