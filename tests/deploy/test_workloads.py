"""What every workload brings: probes, resources, a budget, policies, and no token that it does not need."""

from .pods import Object, Pod
from .rendering import Rendered
from .selecting import selects

RESOURCES = {"cpu", "memory", "ephemeral-storage"}
PROBES = {"startupProbe", "readinessProbe", "livenessProbe"}
WITH_TOKEN = {"make-secrets"}  # creates the secrets, by the API server


def test_whatever_stays_up_is_probed(rendered: Rendered) -> None:
    staying = [(str(pod), container) for pod in rendered.pods if pod.stays for container in pod.containers]
    assert {name: missing for name, one in staying if (missing := PROBES - set(one))} == {}


def test_every_container_reserves_and_is_limited(rendered: Rendered) -> None:
    for pod in rendered.pods:
        for container in pod.containers:
            assert {kind: set(named) for kind, named in container["resources"].items()} == {
                "requests": RESOURCES,
                "limits": RESOURCES,
            }, str(pod)


def test_every_volume_in_memory_or_on_the_node_has_a_limit(rendered: Rendered) -> None:
    for pod in rendered.pods:
        scratch = [volume["emptyDir"] for volume in pod.spec.get("volumes", ()) if "emptyDir" in volume]
        assert all("sizeLimit" in one for one in scratch), str(pod)


def test_every_workload_has_one_budget_that_lets_a_drain_go_on(rendered: Rendered) -> None:
    budgets = [one["spec"] for one in rendered.of("PodDisruptionBudget")]
    for pod in rendered.pods:
        found = [budget for budget in budgets if selects(budget["selector"], pod.labels)]
        assert [budget.get("maxUnavailable") for budget in found] == ([1] if pod.stays else []), str(pod)
    assert all(cluster["spec"]["enablePDB"] for cluster in rendered.of("Cluster"))


def test_every_pod_is_denied_what_no_policy_allows_it(rendered: Rendered) -> None:
    policies = [one["spec"] for one in rendered.of("NetworkPolicy")]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies
    for pod in rendered.pods:
        mine = [policy for policy in policies if selects(policy["podSelector"], pod.labels)]
        assert {"Ingress", "Egress"} <= {kind for policy in mine for kind in policy["policyTypes"]}, str(pod)
        own = [policy for policy in mine if policy["podSelector"]]
        assert own, f"{pod} has no policy of its own"


def _has_token(rendered: Rendered, pod: Pod) -> bool:
    account = pod.spec.get("serviceAccountName", "default")
    mine: list[Object] = [one for one in rendered.of("ServiceAccount") if one["metadata"]["name"] == account]
    by_account = all(one.get("automountServiceAccountToken", True) for one in mine)
    return bool(pod.spec.get("automountServiceAccountToken", by_account))


def test_no_pod_has_a_token_but_the_one_that_needs_it(rendered: Rendered) -> None:
    there = {pod.role for pod in rendered.pods}
    assert {pod.role for pod in rendered.pods if _has_token(rendered, pod)} == WITH_TOKEN & there


def test_the_token_creates_secrets_and_can_do_nothing_else(rendered: Rendered) -> None:
    rules = [rule for role in rendered.of("Role", "ClusterRole") for rule in role["rules"]]
    allowed = [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]}]
    assert rules == (allowed if rendered.of("Role") else [])
    assert bool(rules) == rendered.runs("make-secrets")


def test_nothing_waits_for_services_of_the_namespace_in_its_environment(rendered: Rendered) -> None:
    """A Service `redis` would put REDIS_PORT=tcp://... into every pod, which settings would be read from."""
    assert all(pod.spec["enableServiceLinks"] is False for pod in rendered.pods)


def test_a_job_ends(rendered: Rendered) -> None:
    for pod in rendered.pods:
        if not pod.stays:
            assert pod.spec["restartPolicy"] in ("OnFailure", "Never"), str(pod)
