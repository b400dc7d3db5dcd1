"""Equal texts in several places: one worker at a time holds them, so that nobody pays twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text

from robolearn.domain.profile import EmbeddingProfile
from robolearn.storage.engine import psycopg2_url
from robolearn.storage.ledger import SqlLedger
from robolearn.storage.ledger.claims import claim
from robolearn.testing.rows import LessonRows, insert_course

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)
PLACES = 12


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(psycopg2_url(database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(engine: Engine) -> SqlLedger:
    """A ledger with the same text in a dozen places, and between them as many that differ."""
    texts = [one for number in range(PLACES) for one in ("the same text", f"text {number}")]
    insert_course(engine, f"course-{uuid4()}", [LessonRows("Lesson", tuple(texts))])
    ledger = SqlLedger(engine)
    ledger.register(PROFILE)
    ledger.enrol(PROFILE)
    return ledger


def test_invariant_2_a_text_that_one_worker_holds_is_not_leased_to_another(ledger: SqlLedger) -> None:
    one = ledger.claim(PROFILE, "one", 12, LEASE)
    others = ledger.claim(PROFILE, "two", 1000, LEASE)
    assert "the same text" in {passage.text for passage in one}
    assert "the same text" not in {passage.text for passage in others}
    ledger.complete(PROFILE, "one", one)
    rest = ledger.claim(PROFILE, "two", 1000, LEASE)
    assert {passage.text for passage in rest} == {"the same text"}


def test_invariant_2_a_claim_waits_for_the_one_before_it(ledger: SqlLedger, engine: Engine) -> None:
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            first = claim(connection, PROFILE.fingerprint, "one", 12, LEASE)
            second = pool.submit(ledger.claim, PROFILE, "two", 1000, LEASE)
            waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            while not connection.scalar(waiting):
                assert not second.done(), "it did not wait"
        texts = {passage.text for passage in second.result(timeout=30)}
    assert "the same text" in {passage.text for passage in first}
    assert "the same text" not in texts


def test_the_same_worker_may_hold_a_text_in_several_places(ledger: SqlLedger) -> None:
    claimed = ledger.claim(PROFILE, "one", 1000, LEASE)
    assert len(claimed) == 2 * PLACES
