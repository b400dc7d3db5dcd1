"""A local index whose files are damaged."""

from pathlib import Path

import pytest

from robolearn.domain.errors import IndexUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.settings import QdrantSettings
from robolearn.vectors.qdrant import QdrantIndex

PROFILE = EmbeddingProfile("fake", "one", 4)


def test_damaged_files_are_told_with_the_way_out_which_leads_out(tmp_path: Path) -> None:
    folder = tmp_path / "qdrant"
    index = QdrantIndex(QdrantSettings(path=folder))
    index.ensure(PROFILE)
    index.close()
    (folder / "meta.json").write_text("{ cut off")
    damaged = QdrantIndex(QdrantSettings(path=folder))
    with pytest.raises(IndexUnavailable, match=r"QDRANT_PATH .* delete it while nothing runs"):
        damaged.ensure(PROFILE)
    damaged.close()
    folder.rename(tmp_path / "away")
    fresh = QdrantIndex(QdrantSettings(path=folder))
    fresh.ensure(PROFILE)
    assert fresh.count(PROFILE) == 0
    fresh.close()
