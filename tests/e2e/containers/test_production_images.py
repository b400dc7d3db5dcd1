"""The production images do what they are for with nothing but what is in them, under the rights they have."""

import json
import subprocess

import pytest

from . import images
from .commands import run

CONFINED = (
    *("--read-only", "--tmpfs", "/tmp", "--user", "1000", "--network", "none"),
    *("--cap-drop", "ALL", "--security-opt", "no-new-privileges"),
)

EMBEDS = """
from pathlib import Path
from robolearn.embedding.local import LocalEmbedder
from robolearn.embedding.sparse import Bm25Encoder
from robolearn.settings import EmbeddingSettings
import os

embedder = LocalEmbedder(EmbeddingSettings(model_dir=Path(os.environ["EMBEDDING_MODEL_DIR"])))
one, other = embedder.embed(["a robot drifts", "the robot is drifting"])
assert one @ other > 0.7, one @ other
assert Bm25Encoder().encode(["a robot drifts"], "en")[0].indices
"""
CALLS = """
import openai

client = openai.OpenAI(api_key="none", base_url="http://127.0.0.1:9", max_retries=0)
try:
    client.embeddings.create(model="any", input=["text"])
except openai.APIConnectionError:
    pass
"""
INDEXES = """
from qdrant_client import QdrantClient, models

client = QdrantClient(":memory:")
client.create_collection("it", vectors_config=models.VectorParams(size=2, distance=models.Distance.COSINE))
client.upsert("it", [models.PointStruct(id=1, vector=[1.0, 0.0])])
assert client.query_points("it", [1.0, 0.0]).points[0].id == 1
"""
STORES = """
import psycopg2, sqlalchemy

try:
    sqlalchemy.create_engine("postgresql+psycopg2://a:b@127.0.0.1:9/c").connect()
except sqlalchemy.exc.OperationalError:
    pass
"""
IMPORTS_ALL = """
import importlib, pkgutil, sys

name = "robolearn_" + sys.argv[1]
for module in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
    if not module.name.endswith(("__main__", ".env")) and ".versions." not in module.name:
        importlib.import_module(module.name)
"""
NONE_OF_THESE = ("pip", "uv", "gcc", "apt-get", "dpkg", "perl", "curl", "wget", "git", "pytest")


@pytest.fixture(scope="module", autouse=True)
def built(engine: None) -> None:
    """Our images are there."""
    images.ensure_ours()


def inside(service: str, command: list[str], program: str | None = None) -> str:
    """What a command prints in a production image."""
    image = f"robotics-platform/{service}:{images.version()}"
    done = subprocess.run(
        ["docker", "run", "--rm", "-i", *CONFINED, image, *command],
        input=program,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("service", ["api", "worker"])
@pytest.mark.parametrize(
    "program", [EMBEDS, CALLS, INDEXES, STORES], ids=["embeds", "calls", "indexes", "stores"]
)
def test_the_libraries_do_their_work_without_what_was_left_out(service: str, program: str) -> None:
    inside(service, ["python", "-"], program)


@pytest.mark.parametrize("service", ["api", "worker", "ingest"])
def test_every_module_of_a_service_can_be_imported(service: str) -> None:
    inside(service, ["python", "-", service], IMPORTS_ALL)


@pytest.mark.parametrize("service", ["api", "worker", "ingest"])
def test_nothing_that_installs_or_compiles_is_there(service: str) -> None:
    asked = [name for name in NONE_OF_THESE if (service, name) != ("ingest", "git")]
    program = f"import json, shutil; print(json.dumps([name for name in {asked} if shutil.which(name)]))"

    assert json.loads(inside(service, ["python", "-c", program])) == []


@pytest.mark.parametrize("program", ["pg_dump", "pg_restore", "psql"])
def test_the_worker_has_the_client_programs_of_postgresql(program: str) -> None:
    assert "(PostgreSQL) 18." in inside("worker", [program, "--version"])


def test_the_ingest_can_clone_by_https_and_by_ssh() -> None:
    told = inside("ingest", ["git", "remote-https", "origin", "https://127.0.0.1:9/"], "capabilities\n\n")

    assert "fetch" in told.splitlines()
    inside("ingest", ["ssh", "-V"])


@pytest.mark.parametrize("service", ["api", "worker", "ingest"])
def test_an_image_is_within_its_budget(service: str) -> None:
    image = f"robotics-platform/{service}:{images.version()}"
    size = int(run(["docker", "image", "inspect", "--format", "{{.Size}}", image]).stdout)
    assert size <= images.BUDGETS[service]


def test_an_image_tells_what_it_is() -> None:
    format_ = "{{json .Config.Labels}}"
    image = f"robotics-platform/api:{images.version()}"
    labels = json.loads(run(["docker", "image", "inspect", "--format", format_, image]).stdout)

    assert labels["org.opencontainers.image.title"] == "robotics-platform/api"
    assert labels["org.opencontainers.image.version"] == images.version()
    assert labels["org.opencontainers.image.licenses"] == "Apache-2.0"
