"""Pods that try to connect, under a label or in a namespace of their own."""

import json
from collections.abc import Iterable

from .kubectl import Kubectl, Object

# Refused or dropped, it is the same: nobody answers. Names that do not resolve count as refused, too.
CONNECT = """
import json, socket, sys
from concurrent.futures import ThreadPoolExecutor

def answers(place):
    host, port = place.rsplit(":", 1)
    try:
        socket.create_connection((host, int(port)), timeout=3).close()
    except OSError:
        return False
    return True

places = sys.argv[1:]
with ThreadPoolExecutor(len(places)) as pool:
    print(json.dumps([place for place, so in zip(places, pool.map(answers, places)) if so]))
"""
SHELL = """
for place in {}; do
    (timeout 3 bash -c "exec 3<>/dev/tcp/${{place/:/\\/}}" && echo $place) &
done
wait
"""


def pod(name: str, image: str, labels: dict[str, str]) -> Object:
    """A pod that waits to be asked."""
    rights = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": labels},
        "spec": {
            "automountServiceAccountToken": False,
            "terminationGracePeriodSeconds": 0,
            "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [
                {
                    "name": "probe",
                    "image": image,
                    "command": ["python", "-c", "import time; time.sleep(3600)"],
                    "securityContext": rights,
                }
            ],
        },
    }


def reached(kubectl: Kubectl, target: str, places: Iterable[str], namespace: str | None = None) -> set[str]:
    """Those of the places (host:port) that answer a pod which has Python."""
    where = ("-n", namespace) if namespace else ()
    said = kubectl(*where, "exec", "-i", target, "--", "python", "-", *places, input=CONNECT)
    return set(json.loads(said))


def reached_by_bash(kubectl: Kubectl, target: str, places: Iterable[str]) -> set[str]:
    """Those that answer a pod which has a shell and no Python."""
    done = kubectl.try_("exec", target, "--", "bash", "-c", SHELL.format(" ".join(places)))
    return set(done.stdout.split())
