"""Every change that an ingest makes gives the catalogue another version: no kept answer outlives it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from robolearn import bootstrap
from robolearn.settings import DatabaseSettings
from robolearn_ingest.cli import run_ingest
from robolearn_ingest.settings import IngestSettings

PAGE = "# Drift\n\nThe robot drifts.\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("# Robots\n\n- [Drift](drift.md)\n- [Maps](maps.md)\n")
    (tmp_path / "drift.md").write_text(PAGE)
    (tmp_path / "maps.md").write_text("# Maps\n\nA map is a grid.\n")
    return tmp_path


def rewrite(course: Path) -> None:
    (course / "drift.md").write_text(PAGE + "Wheels slip.\n")


def rename(course: Path) -> None:
    (course / "README.md").write_text("# Robots\n\n- [Why it drifts](drift.md)\n- [Maps](maps.md)\n")


def reorder(course: Path) -> None:
    (course / "README.md").write_text("# Robots\n\n- [Maps](maps.md)\n- [Drift](drift.md)\n")


def remove(course: Path) -> None:
    (course / "maps.md").unlink()


def retitle(course: Path) -> None:
    (course / "README.md").write_text("# Rovers\n\n- [Drift](drift.md)\n- [Maps](maps.md)\n")


@pytest.mark.parametrize("change", [rewrite, rename, reorder, remove, retitle])
def test_the_version_changes_with_the_curriculum_and_only_then(
    database_url: str, course: Path, change: Callable[[Path], None]
) -> None:
    database = DatabaseSettings.model_validate({"url": database_url})
    settings = IngestSettings(database=database)
    engine = bootstrap.pool(database)
    catalogue = bootstrap.catalogue(engine)
    empty = catalogue.version()
    run_ingest(settings, str(course))
    loaded = catalogue.version()
    run_ingest(settings, str(course))
    unchanged = catalogue.version()
    change(course)
    run_ingest(settings, str(course))
    changed = catalogue.version()
    engine.dispose()
    assert empty != loaded == unchanged != changed
