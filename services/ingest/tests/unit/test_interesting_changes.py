"""Which changes on disk start a run."""

from pathlib import Path

import pytest
from watchfiles import Change

from robolearn_ingest.watching.changes import Place, is_of_interest


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("wheels.md", Change.modified, True),
        ("mkdocs.yml", Change.added, True),
        (".pages", Change.modified, True),
        ("notes.ipynb", Change.added, True),
        ("robot.png", Change.modified, False),
        (".wheels.md.swp", Change.deleted, False),
        (".git/index.md", Change.modified, False),
        ("node_modules/a/README.md", Change.modified, False),
        ("chapter", Change.deleted, True),
        ("folder", Change.added, True),
        ("plain", Change.added, False),
    ],
)
def test_pages_navigation_and_folders_are_of_interest(
    path: str, change: Change, expected: bool, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain").touch()
    assert is_of_interest(Place(tmp_path), change, str(tmp_path / path)) is expected


def test_beside_a_single_file_nothingis_of_interest(tmp_path: Path) -> None:
    place = Place(tmp_path, "wheels.md")
    assert is_of_interest(place, Change.added, str(tmp_path / "wheels.md"))
    assert not is_of_interest(place, Change.added, str(tmp_path / "motors.md"))
