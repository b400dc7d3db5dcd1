"""What a backup must not be restored into."""

from datetime import UTC, datetime

import pytest

from robolearn.storage.backups import Contents
from robolearn.storage.schema import EXPECTED_REVISION
from robolearn_worker.backup.dumping import require_client
from robolearn_worker.backup.failures import BackupFailed, RestoreRefused
from robolearn_worker.backup.manifest import Manifest
from robolearn_worker.backup.programs import complaint, major
from robolearn_worker.backup.refusing import refuse, same_minor

EMPTY = Contents(rows={}, server_version="18.6", users=0)


def manifest(**changes: str) -> Manifest:
    plain = {
        "created": datetime(2026, 11, 25, tzinfo=UTC), "release": "0.1.0",
        "schema_revision": EXPECTED_REVISION,
        "postgres_version": "18.6", "client_version": "18.6", "qdrant_version": "1.20.0", "counts": {},
        "embedded": {}, "collections": {}, "aliases": {}, "files": {},
    }  # fmt: skip
    return Manifest.model_validate(plain | changes)


@pytest.mark.parametrize(
    ("changes", "into", "told"),
    [
        ({"schema_revision": "2027_newer", "release": "0.9.0"}, EMPTY, "Restore it with release 0.9.0"),
        ({}, Contents({}, "17.2", 0), "the server is older: 17.2. Restore into PostgreSQL 18 or newer"),
        (
            {"client_version": "99.1"},
            EMPTY,
            "written by pg_dump 99.1, and the client programs here are older",
        ),
        ({}, Contents({}, "18.6", 3), "in use by 3 connections .* Stop the api, the worker"),
        (
            {},
            Contents({"course": 2, "lesson": 9}, "18.6", 0),
            r"not empty \(2 rows in course, 9 rows in lesson",
        ),
    ],
)
def test_each_reason_is_one_sentence_with_its_way_out(
    changes: dict[str, str], into: Contents, told: str
) -> None:
    with pytest.raises(RestoreRefused, match=told):
        refuse("a-backup", manifest(**changes), into, replace=False)


def test_replace_is_for_what_is_there_and_for_nothing_else() -> None:
    refuse("a-backup", manifest(), Contents({"course": 2}, "19.1", 0), replace=True)
    with pytest.raises(RestoreRefused, match="in use"):
        refuse("a-backup", manifest(), Contents({"course": 2}, "18.6", 1), replace=True)
    refuse("a-backup", manifest(), Contents({"course": 2}, "18.6", 1), replace=True, in_use=True)


def test_programs_older_than_the_server_are_told() -> None:
    require_client("18.1")
    with pytest.raises(BackupFailed, match=r"older than the server: 99\.0\."):
        require_client("99.0")


@pytest.mark.parametrize(
    ("server", "backup", "can"),
    [
        ("1.20.3", "1.20.0", True),
        ("1.21.0", "1.20.0", False),
        ("1.20.0", "1.21.0", False),
        ("2.20.0", "1.20.0", False),
    ],
)
def test_a_snapshot_is_read_within_a_minor_version(server: str, backup: str, can: bool) -> None:
    assert same_minor(server, backup) is can


def test_versions_of_servers_in_preparation_have_a_major_number() -> None:
    assert [major(one) for one in ("18.6", "19beta1", "16.4 (Debian 16.4-1)", "?")] == [18, 19, 16, 0]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('pg_dump: error: connection to server at "db" failed: FATAL:  no such user', "no such user"),
        ("psql:<stdin>:7: ERROR:  lock timeout\nmore", "lock timeout"),
        ("a warning\npg_dump: error: could not write to file: full.", "could not write to file: full"),
        ("", "it said nothing"),
    ],
)
def test_what_a_program_complains_of_is_told_without_its_names(said: str, told: str) -> None:
    assert complaint(said) == told
