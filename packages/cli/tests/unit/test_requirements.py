"""The locked requirements: complete, of one mind, and no more than each service needs."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
DEVELOPMENT = ROOT / "requirements" / "dev.txt"
SERVICES = [
    ROOT / folder / "requirements.txt"
    for folder in ("services/api", "services/worker", "services/ingest", "packages/cli")
]
LOCKED = [*SERVICES, *sorted((ROOT / "requirements").glob("*.txt"))]

# `name==version`, a condition if it has one, then its hashes, joined by backslashes at the line ends.
PINNED = re.compile(r"[a-z0-9][a-z0-9.-]*(\[[a-z0-9,-]+\])?==\S+( ; .+?)?( --hash=sha256:[0-9a-f]{64})+")


def requirements(file: Path) -> list[str]:
    """The requirements of a file, each on one line."""
    joined = re.sub(r"\s*\\\n\s*", " ", file.read_text())
    return [line.strip() for line in joined.splitlines() if line.strip()]


def pins(file: Path) -> set[str]:
    """`name==version` of each requirement."""
    return {one.split(" ", 1)[0] for one in requirements(file)}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("file", LOCKED, ids=named)
def test_every_requirement_is_pinned_and_hashed_and_nothing_names_an_index(file: Path) -> None:
    found = requirements(file)
    assert found
    assert [one for one in found if not PINNED.fullmatch(one)] == []
    assert "://" not in file.read_text()


@pytest.mark.parametrize("file", SERVICES, ids=named)
def test_each_part_runs_in_the_versions_it_is_developed_with(file: Path) -> None:
    assert pins(file) - pins(DEVELOPMENT) == set()


@pytest.mark.parametrize(
    ("service", "unwanted"),
    [
        ("api", {"celery", "kombu", "redis", "alembic", "onnx"}),
        ("worker", {"fastapi", "uvicorn", "alembic", "onnx"}),
        (
            "ingest",
            {"celery", "kombu", "redis", "fastapi", "qdrant-client", "fastembed", "onnxruntime", "openai"},
        ),
    ],
)
def test_a_service_installs_only_what_it_is_allowed_to_know(service: str, unwanted: set[str]) -> None:
    installed = {pin.split("==")[0] for pin in pins(ROOT / "services" / service / "requirements.txt")}
    assert unwanted & installed == set()
