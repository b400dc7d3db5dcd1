"""A folder in which a backup is whole under its name, or not there."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from robolearn_worker.backup.checking import check_contents
from robolearn_worker.backup.failures import BackupDamaged, BackupFailed
from robolearn_worker.backup.manifest import DATABASE, MANIFEST, File, Manifest
from robolearn_worker.backup.pruning import prune
from robolearn_worker.backup.retention import Policy
from robolearn_worker.backup.store import Store

WHEN = datetime(2026, 11, 25, 3, 15, tzinfo=UTC)


def write(store: Store, created: datetime = WHEN) -> str:
    """A small backup."""
    with store.changing(), store.writing(created, "0.1.0") as folder:
        (folder / DATABASE).write_text("a dump")
        manifest = Manifest(
            created=created, release="0.1.0", schema_revision="head", postgres_version="18.6",
            client_version="18.6", qdrant_version="1.20.0", counts={}, embedded={}, collections={},
            aliases={}, files={DATABASE: File.of(folder / DATABASE)},
        )  # fmt: skip
        (folder / MANIFEST).write_text(manifest.model_dump_json())
        return folder.name.removesuffix(".partial")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "backups")


def test_its_name_tells_when_and_of_which_release(store: Store) -> None:
    assert write(store) == "20261125T031500Z-0.1.0"
    assert write(store) == "20261125T031501Z-0.1.0"
    assert [entry.name for entry in store.entries()] == ["20261125T031501Z-0.1.0", "20261125T031500Z-0.1.0"]
    assert store.find("latest").name == "20261125T031501Z-0.1.0"


def test_an_error_on_the_way_leaves_nothing(store: Store) -> None:
    with pytest.raises(OSError, match="full"), store.changing(), store.writing(WHEN, "0.1.0") as folder:
        (folder / DATABASE).write_text("half")
        raise OSError("the disk is full")
    assert store.entries() == []
    assert [one.name for one in store.folder.iterdir()] == [".lock"]


def test_what_a_kill_left_is_no_backup_and_goes_with_the_next(store: Store) -> None:
    left = store.folder / "20260101T000000Z-0.1.0.partial"
    left.mkdir(parents=True)
    (left / MANIFEST).write_text("{}")
    assert store.entries() == []
    write(store)
    assert not left.exists()


def test_two_never_change_the_folder_at_once(store: Store) -> None:
    with (
        store.changing(),
        pytest.raises(BackupFailed, match="Another process is changing"),
        store.changing(),
    ):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BackupFailed, match=r"BACKUP_DIR .*file/backups\) cannot be written to"):
        write(Store(tmp_path / "file" / "backups"))


def test_an_unknown_name_and_an_empty_folder_are_told(store: Store) -> None:
    with pytest.raises(BackupFailed, match="no whole backup"):
        store.find("latest")
    for name in ("../backups", "20200101T000000Z-0.1.0", ""):
        with pytest.raises(BackupFailed, match="There is no backup"):
            store.find(name)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / DATABASE).write_text("a dumb"), "sha256 differs"),
        (lambda folder: (folder / DATABASE).write_text("a dump, longer"), "14 bytes instead of 6"),
        (lambda folder: (folder / DATABASE).unlink(), "database.dump is missing"),
        (lambda folder: (folder / MANIFEST).write_text("{"), "manifest.json cannot be read"),
        (lambda folder: (folder / MANIFEST).write_bytes(b"\xff\xfe"), "manifest.json cannot be read"),
        (lambda folder: (folder / MANIFEST).unlink(), "manifest.json cannot be read"),
    ],
)
def test_damage_is_found_and_told(store: Store, damage: object, told: str) -> None:
    assert callable(damage)
    folder = store.folder / write(store)
    check_contents(folder)
    damage(folder)
    with pytest.raises(BackupDamaged, match=told):
        check_contents(folder)


def test_another_format_is_told_as_such(store: Store) -> None:
    folder = store.folder / write(store)
    (folder / MANIFEST).write_text(json.dumps({"format": 2, "all": "else is new"}))
    with pytest.raises(BackupDamaged, match="is of format 2, and this release reads format 1"):
        check_contents(folder)


def test_a_damaged_backup_is_listed_not_chosen_and_not_pruned(store: Store) -> None:
    whole, damaged = write(store), write(store)
    (store.folder / damaged / DATABASE).unlink()
    assert [(entry.name, bool(entry.manifest)) for entry in store.entries()] == [
        (damaged, False),
        (whole, True),
    ]
    assert store.find("latest").name == whole
    assert prune(store, Policy(1, 0, 0, 0)) == []
    assert len(store.entries()) == 2


def test_pruning_deletes_what_the_policy_does_not_keep(store: Store) -> None:
    names = [write(store, WHEN.replace(day=day)) for day in (20, 21, 22)]
    assert prune(store, Policy(1, 2, 0, 0)) == [names[0]]
    assert [entry.name for entry in store.entries()] == [names[2], names[1]]
