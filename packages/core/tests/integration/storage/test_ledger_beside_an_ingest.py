"""Workers and an ingest that deletes, at the same time: nobody waits for the other, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Engine, text

from robolearn.domain.profile import EmbeddingProfile
from robolearn.storage.ledger import SqlLedger
from robolearn.testing.rows import InsertedCourse

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)


def removals(engine: Engine) -> set[UUID]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT passage_id FROM vector_removal")))


def test_enrolling_does_not_wait_for_an_ingest_that_deletes(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    gone, *_ = course.lessons
    with engine.connect() as ingest:
        ingest.execute(text("DELETE FROM lesson WHERE id = :id"), {"id": gone.id})
        assert ledger.enrol(PROFILE) == len(course.passages) - len(gone.passages)
        ingest.commit()
    assert ledger.enrol(PROFILE) == 0
    assert ledger.counts(PROFILE).passages == len(course.passages) - len(gone.passages)


def test_completing_does_not_wait_for_an_ingest_that_deletes_and_leaves_its_removals(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    gone, *_ = course.lessons
    ledger.enrol(PROFILE)
    batch = ledger.claim(PROFILE, "w", 1000, LEASE)
    with engine.connect() as ingest:
        ingest.execute(text("DELETE FROM lesson WHERE id = :id"), {"id": gone.id})
        assert ledger.complete(PROFILE, "w", batch) == set(course.passages) - set(gone.passages)
        ingest.commit()
    assert removals(engine) == set(gone.passages)


def test_an_ingest_that_deletes_but_takes_it_back_leaves_its_passages_to_the_next_lease(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    gone, *_ = course.lessons
    ledger.enrol(PROFILE)
    batch = ledger.claim(PROFILE, "w", 1000, LEASE)
    with engine.connect() as ingest:
        ingest.execute(text("DELETE FROM lesson WHERE id = :id"), {"id": gone.id})
        ledger.complete(PROFILE, "w", batch)
        ingest.rollback()
    assert ledger.release(PROFILE, "w") == len(gone.passages)
    assert {one.id for one in ledger.claim(PROFILE, "x", 1000, LEASE)} == set(gone.passages)
    assert removals(engine) == set()


def test_workers_and_an_ingest_that_deletes_never_deadlock(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    def work(owner: str) -> None:
        ledger.enrol(PROFILE)
        while batch := ledger.claim(PROFILE, owner, 5, LEASE):
            held = ledger.extend(PROFILE, owner, [one.id for one in batch], LEASE)
            ledger.complete(PROFILE, owner, [one for one in batch if one.id in held])

    def delete(step: int) -> None:
        for lesson in course.lessons[step::2]:
            with engine.begin() as connection:
                connection.execute(text("DELETE FROM passage WHERE lesson_id = :id"), {"id": lesson.id})

    with ThreadPoolExecutor(6) as pool:
        running = [pool.submit(work, owner) for owner in "abcd"] + [pool.submit(delete, n) for n in (0, 1)]
        for one in running:
            one.result()
    assert ledger.counts(PROFILE).passages == 0
    assert ledger.claim(PROFILE, "x", 10, LEASE) == []
