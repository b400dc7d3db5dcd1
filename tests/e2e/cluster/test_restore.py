"""All is deleted but the volume with the backups; a new installation becomes what the old one was."""

import json

from ..containers.patience import until
from . import courses
from .kubectl import NAMESPACE, Kubectl
from .platform import Platform

CLAIM = "backups"


def backed_up(platform: Platform) -> str:
    """Take a backup now, as the CronJob would tonight; the volume that it is on."""
    platform.kubectl("create", "job", "backup-now", "--from=cronjob/backup")
    platform.kubectl("wait", "job/backup-now", "--for=condition=Complete", "--timeout=3m", timeout=200)
    volume: str = platform.kubectl.get("pvc", CLAIM)["spec"]["volumeName"]
    return volume


def kept(kubectl: Kubectl, volume: str) -> None:
    """Keep the volume when its claim is deleted, whatever its class would do."""
    keep = {"spec": {"persistentVolumeReclaimPolicy": "Retain"}}
    kubectl("patch", "pv", volume, "--patch", json.dumps(keep))


def claimed_again(kubectl: Kubectl, volume: str) -> None:
    """Give a volume that was kept to the claim of a new installation, before that is applied."""
    kubectl("patch", "pv", volume, "--type=json", "--patch", '[{"op": "remove", "path": "/spec/claimRef"}]')
    class_ = kubectl.get("pv", volume)["spec"]["storageClassName"]
    claim = {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": class_,
        "volumeName": volume,
        "resources": {"requests": {"storage": "20Gi"}},
    }
    kubectl("create", "namespace", NAMESPACE)
    kubectl.create(
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": CLAIM}, "spec": claim}
    )


def restored(platform: Platform) -> None:
    """As the guide says: nobody writes meanwhile."""
    kubectl = platform.kubectl
    ours = ("deployment/api", "deployment/worker", "deployment/beat")
    kubectl("scale", *ours, "--replicas=0")
    gone = ("-l", "app.kubernetes.io/name in (api,worker,beat)", "--for=delete", "--timeout=2m")
    kubectl("wait", "pod", *gone, timeout=150)
    kubectl("create", "job", "restore-now", "--from=cronjob/restore")
    try:
        until(lambda: kubectl.get("job", "restore-now")["status"].get("conditions"), seconds=240)
        assert " is restored." in kubectl("logs", "job/restore-now")
    finally:
        kubectl("scale", *ours, "--replicas=1")
    platform.settle()


def test_everything_is_deleted_and_comes_back_from_the_backup(platform: Platform) -> None:
    kubectl = platform.kubectl
    courses.load(kubectl, "sprockets", {"sprockets": "A sprocket wrangler counts teeth by night."})
    before = platform.index()
    until(lambda: platform.titles("sprocket wrangler"), lambda found: "Sprockets" in found)
    lessons = platform.ask("/api/v1/courses")
    secret = kubectl.get("secret", "database")["data"]
    volume = backed_up(platform)

    kept(kubectl, volume)
    kubectl.make("k8s-down", f"K8S={platform.folder}", "YES=1")
    claimed_again(kubectl, volume)
    platform.up()
    assert "Sprockets" not in platform.titles("sprocket wrangler")
    assert kubectl.get("secret", "database")["data"] != secret
    restored(platform)

    assert platform.index() == before
    assert platform.ask("/api/v1/courses") == lessons
    assert "Sprockets" in platform.titles("sprocket wrangler")
