"""A small course of a test's own, loaded as the sample courses are: by a Job."""

from collections.abc import Mapping

from .kubectl import Kubectl

SAMPLE = "app.kubernetes.io/name=ingest"
# Files of a ConfigMap are links out of sight, which an ingest does not follow. The folder has the name of the
# course: what comes from the same place as another course takes its place.
COPIED = """
import os, shutil, sys
shutil.copytree("/course", sys.argv[1], ignore=shutil.ignore_patterns("..*"))
os.execvp("python", ["python", "-m", "robolearn_ingest", "ingest", sys.argv[1]])
"""


def load(kubectl: Kubectl, name: str, pages: Mapping[str, str]) -> None:
    """Load pages by a copy of the Job that loads the sample; wait until they are in the database."""
    files = {f"{page}.md": f"# {page.capitalize()}\n\n{text}\n" for page, text in pages.items()}
    (sample, *_) = kubectl.items("jobs", "-l", SAMPLE)
    template = sample["spec"]["template"]
    template["metadata"]["labels"] = {"app.kubernetes.io/name": "ingest"}
    pod = template["spec"]
    pod["volumes"].append({"name": "course", "configMap": {"name": name}})
    pod["containers"][0]["volumeMounts"].append({"name": "course", "mountPath": "/course"})
    pod["containers"][0]["args"] = ["python", "-c", COPIED, f"/tmp/{name}"]
    kubectl.create(
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": files},
        {
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": {"name": name},
            "spec": {"backoffLimit": 4, "template": template},
        },
    )
    kubectl("wait", f"job/{name}", "--for=condition=Complete", "--timeout=2m")
    kubectl("delete", f"job/{name}", f"configmap/{name}")


def forget(kubectl: Kubectl, name: str) -> None:
    """Remove what a load that failed left."""
    kubectl("delete", f"job/{name}", f"configmap/{name}", "--ignore-not-found")
