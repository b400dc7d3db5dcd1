"""What only the engine inside the client has: a folder, and one process that may use it."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from robolearn.domain.errors import IndexUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import PassagePayload
from robolearn.ports.embedding import SparseVector
from robolearn.ports.index import Point
from robolearn.settings import QdrantSettings
from robolearn.vectors.qdrant import QdrantIndex

PROFILE = EmbeddingProfile("fake", "model", 2)

SECOND_PROCESS = """
import sys
from pathlib import Path
from robolearn.domain.errors import IndexUnavailable
from robolearn.settings import QdrantSettings
from robolearn.vectors.qdrant import QdrantIndex
try:
    QdrantIndex(QdrantSettings(path=Path(sys.argv[1]))).promoted()
except IndexUnavailable as error:
    print(error)
"""


def point() -> Point:
    facts = PassagePayload("ros2", uuid4(), None, "en", (), (), ())
    return Point(uuid4(), np.array([1, 0], np.float32), SparseVector((1,), (1.0,)), facts)


def test_acknowledged_points_and_the_alias_survive_a_restart(tmp_path: Path) -> None:
    settings = QdrantSettings(path=tmp_path)
    written = point()
    index = QdrantIndex(settings)
    index.ensure(PROFILE)
    index.upsert(PROFILE, [written])
    index.promote(PROFILE)
    index.close()
    again = QdrantIndex(settings)
    assert list(again.passage_ids(PROFILE)) == [written.passage_id]
    assert again.promoted() == PROFILE.collection
    again.close()


def test_a_closed_index_opens_again_at_the_next_use(tmp_path: Path) -> None:
    index = QdrantIndex(QdrantSettings(path=tmp_path))
    index.ensure(PROFILE)
    index.close()
    index.close()
    assert index.count(PROFILE) == 0
    index.close()


def test_a_second_process_is_told_which_setting_and_what_to_do(tmp_path: Path) -> None:
    index = QdrantIndex(QdrantSettings(path=tmp_path))
    index.ensure(PROFILE)
    other = subprocess.run(
        [sys.executable, "-W", "error", "-c", SECOND_PROCESS, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    index.close()
    assert f"QDRANT_PATH ({tmp_path}) is in use by another process" in other.stdout
    assert "QDRANT_URL" in other.stdout
    assert other.stderr == ""


def test_a_folder_that_cannot_be_made_is_unavailable_and_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = QdrantIndex(QdrantSettings(path=tmp_path / "file" / "index"))
    with pytest.raises(IndexUnavailable, match="QDRANT_PATH"):
        index.count(PROFILE)


def test_a_damaged_folder_is_unavailable_and_named(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{")
    index = QdrantIndex(QdrantSettings(path=tmp_path))
    with pytest.raises(IndexUnavailable, match="QDRANT_PATH"):
        index.promoted()
