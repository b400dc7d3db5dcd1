"""Every deletion leaves its removals, in the same transaction, whatever is deleted."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from robolearn.domain.profile import EmbeddingProfile
from robolearn.storage.ledger import SqlLedger
from robolearn.testing.rows import InsertedCourse

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)


def removals(engine: Engine) -> set[UUID]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT passage_id FROM vector_removal")))


@pytest.mark.parametrize("table", ["source", "course", "lesson", "passage"])
def test_invariant_5_whatever_is_deleted_its_passages_are_recorded_for_removal(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse, table: str
) -> None:
    ledger.enrol(PROFILE)
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {table}"))
    assert removals(engine) == set(course.passages)
    assert {one for _, one in ledger.removals(PROFILE, 1000)} == set(course.passages)


def test_invariant_5_a_removal_is_recorded_in_the_transaction_of_the_deletion(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    ledger.enrol(PROFILE)
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM course"))
        inside = connection.scalar(text("SELECT count(*) FROM vector_removal"))
        assert removals(engine) == set()
        connection.rollback()
    assert inside == len(course.passages)
    assert removals(engine) == set()
    assert ledger.counts(PROFILE).pending == len(course.passages)


def test_invariant_5_a_passage_that_came_back_is_not_removed(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    ledger.enrol(PROFILE)
    ledger.complete(PROFILE, "w", ledger.claim(PROFILE, "w", 1000, LEASE))
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM passage"))
        connection.execute(text("ALTER TABLE kept DROP COLUMN tsv"))
        connection.execute(text("DELETE FROM passage"))
        names = "id, lesson_id, position, heading_path, anchor, line_start, line_end, text, text_hash"
        names += ", search_config, created_at"
        connection.execute(text(f"INSERT INTO passage ({names}) SELECT {names} FROM kept"))
    assert ledger.enrol(PROFILE) == len(course.passages)
    assert ledger.removals(PROFILE, 1000) == []
    assert removals(engine) == set()


def test_deleting_a_profile_leaves_no_removals_that_nobody_would_do(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    ledger.enrol(PROFILE)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM embedding_profile"))
    assert removals(engine) == set()
