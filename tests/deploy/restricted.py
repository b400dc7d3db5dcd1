"""Pod Security "restricted", and what we ask for besides."""

from collections.abc import Iterator

from .pods import Object

# All that "restricted" admits but those that nothing of ours should need.
VOLUMES = {"configMap", "emptyDir", "persistentVolumeClaim", "projected", "secret"}
HOSTS = ("hostNetwork", "hostPID", "hostIPC")


def faults(spec: Object) -> Iterator[str]:
    """What keeps a pod's specification from being restricted."""
    context = spec.get("securityContext", {})
    if context.get("runAsNonRoot") is not True or context.get("runAsUser") == 0:
        yield "may run as root"
    if context.get("seccompProfile") != {"type": "RuntimeDefault"}:
        yield "no seccomp profile"
    if any(spec.get(name) for name in HOSTS):
        yield "shares the host's namespaces"
    for volume in spec.get("volumes", ()):
        if set(volume) - {"name"} - VOLUMES:
            yield f"volume {volume['name']} is of the host"
    for container in (*spec.get("initContainers", ()), *spec["containers"]):
        yield from (f"{container['name']}: {fault}" for fault in _of_container(container))


def _of_container(container: Object) -> Iterator[str]:
    context = container.get("securityContext", {})
    if context.get("allowPrivilegeEscalation") is not False or context.get("privileged"):
        yield "may gain privileges"
    if context.get("capabilities") != {"drop": ["ALL"]}:
        yield "keeps capabilities"
    if context.get("readOnlyRootFilesystem") is not True:
        yield "may write into its image"
    if context.get("runAsNonRoot") is False or context.get("runAsUser") == 0:
        yield "may run as root"
    if any("hostPort" in port for port in container.get("ports", ())):
        yield "takes a port of the host"
