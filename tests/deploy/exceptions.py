"""What the linters say and we do not follow, each with its reason. One that meets nothing is an error."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple


class Finding(NamedTuple):
    """A rule that an object (`Kind name`) breaks."""

    rule: str
    object: str


class Allowed(NamedTuple):
    """Objects that a rule is not for; patterns as of a shell."""

    rule: str
    objects: tuple[str, ...]
    reason: str

    def meets(self, finding: Finding, pattern: str) -> bool:
        """Whether it is about this finding."""
        return finding.rule == self.rule and fnmatchcase(finding.object, pattern)


def unexpected(found: Iterable[Finding], exceptions: Iterable[Allowed]) -> list[Finding]:
    """Findings without an exception."""
    pairs = [(one, pattern) for one in exceptions for pattern in one.objects]
    return [finding for finding in found if not any(one.meets(finding, pattern) for one, pattern in pairs)]


def stale(found: Iterable[Finding], exceptions: Iterable[Allowed]) -> list[str]:
    """Exceptions, or objects of one, that no finding needs any more."""
    known = list(found)
    return [
        f"{one.rule} of {pattern}"
        for one in exceptions
        for pattern in one.objects
        if not any(one.meets(finding, pattern) for finding in known)
    ]


PULLED_ONCE = (
    "A version is never moved, and production runs digests: asking the registry at every start would make "
    "its outage ours, and images that were loaded into a local cluster could not run."
)
OWN_USERS = (
    "These are the users of the images (appuser 1000, qdrant 1000, postgres and redis 999, PgBouncer's 70), "
    "to whom their files and volumes belong. No pod shares a folder with the host, where numbers could clash."
)
ONE_IS_ENOUGH = "Hints and figures need no second sender; two would only tell everything twice."

KUBE_SCORE = (
    Allowed("container-image-pull-policy", ("*",), PULLED_ONCE),
    Allowed("container-security-context-user-group-id", ("*",), OWN_USERS),
    Allowed(
        "pod-probes-identical",
        ("Deployment worker", "Deployment beat"),
        "The heartbeat is the one thing to ask. Nothing is routed to them: readiness only counts them.",
    ),
    Allowed(
        "pod-probes-identical",
        ("StatefulSet postgres", "StatefulSet redis", "Deployment pgbouncer", "Deployment *-exporter"),
        "Answering is all that they can be asked for; liveness asks half as often and waits longer.",
    ),
    Allowed(
        "deployment-has-host-podantiaffinity",
        ("Deployment api", "Deployment worker", "Deployment pgbouncer"),
        "They are spread by topologySpreadConstraints, which still hold when there are more pods than nodes.",
    ),
    Allowed("deployment-replicas", ("Deployment beat", "Deployment *-exporter"), ONE_IS_ENOUGH),
    Allowed("deployment-strategy", ("Deployment beat",), "Recreate: never two beats at a time."),
    Allowed(
        "deployment-replicas",
        ("Deployment worker",),
        "KEDA owns the number where the autoscaler is left out for it; the file names none.",
    ),
    Allowed(
        "horizontalpodautoscaler-replicas",
        ("HorizontalPodAutoscaler worker",),
        "One worker may go at any moment: its leases run out, and what is pending is a query.",
    ),
    Allowed(
        "horizontalpodautoscaler-replicas",
        ("HorizontalPodAutoscaler api",),
        "The local overlay is for one small machine: a second copy would be on the same node.",
    ),
    Allowed(
        "networkpolicy-targets-pod",
        ("NetworkPolicy postgres-cluster", "NetworkPolicy *into-postgres", "NetworkPolicy into-acme-solver"),
        "Operators make the pods that they select; our own tests evaluate the policies with them.",
    ),
    Allowed("service-type", ("Service way-in",), "A port of the node is the local overlay's way in."),
)
CHECKOV = (
    Allowed("CKV_K8S_15", ("*",), PULLED_ONCE),
    Allowed("CKV_K8S_40", ("*",), OWN_USERS),
    Allowed(
        "CKV_K8S_43",
        ("*",),
        "The manifests name versions, which can be read; `make k8s-pin` writes production's digests.",
    ),
    Allowed(
        "CKV_K8S_35",
        ("*",),
        "The programs of others read passwords from variables, and ours alike. A container has one user and "
        "one program; who could read its variables could read its files.",
    ),
    Allowed(
        "CKV_K8S_38",
        ("Job make-secrets-*",),
        "It makes the secrets, by the API server, and may do nothing else.",
    ),
)
