"""Many claim, enrol and remember at the same time, and connections break, on real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import numpy as np
import psycopg2
import pytest
from sqlalchemy import Engine, text

from robolearn.domain.errors import DatabaseUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.settings import DatabaseSettings
from robolearn.storage.engine import create_pool
from robolearn.storage.ledger import SqlLedger, claims
from robolearn.testing.rows import InsertedCourse

PROFILE = EmbeddingProfile("fake", "one", 4)
LEASE = timedelta(minutes=5)


def test_two_claimers_never_share_a_passage(ledger: SqlLedger, course: InsertedCourse) -> None:
    ledger.enrol(PROFILE)
    start = Barrier(8)

    def drain(owner: str) -> list[UUID]:
        start.wait()
        got: list[UUID] = []
        while len(got) < len(course.passages) and (batch := ledger.claim(PROFILE, owner, 7, LEASE)):
            got += [one.id for one in batch]
        return got

    with ThreadPoolExecutor(8) as workers:
        claimed = [one for got in workers.map(drain, "abcdefgh") for one in got]
    assert len(claimed) == len(set(claimed))
    assert ledger.claim(PROFILE, "last", 1000, LEASE) == []
    assert set(claimed) == set(course.passages)


def test_many_enrol_and_register_at_once_without_doubling(engine: Engine, course: InsertedCourse) -> None:
    ledger = SqlLedger(engine)
    start = Barrier(6)

    def enrol(_: int) -> int:
        start.wait()
        ledger.register(PROFILE)
        return ledger.enrol(PROFILE)

    with ThreadPoolExecutor(6) as workers:
        assert sum(workers.map(enrol, range(6))) == len(course.passages)


def test_a_connection_killed_in_the_middle_of_a_claim_loses_nothing(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    ledger.enrol(PROFILE)
    victim = engine.connect()
    claims.claim(victim, PROFILE.fingerprint, "victim", 1000, LEASE)
    pid = victim.scalar(text("SELECT pg_backend_pid()"))
    with engine.begin() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    victim.invalidate()
    victim.close()
    assert len(ledger.claim(PROFILE, "heir", 1000, LEASE)) == len(course.passages)


def test_a_connection_killed_in_the_middle_of_a_completion_marks_nothing(
    engine: Engine, ledger: SqlLedger, course: InsertedCourse
) -> None:
    ledger.enrol(PROFILE)
    batch = ledger.claim(PROFILE, "w", 1000, LEASE)
    victim = engine.connect()
    claims.complete(victim, PROFILE.fingerprint, "w", batch)
    victim.invalidate()
    victim.close()
    assert ledger.complete(PROFILE, "w", batch) == set(course.passages)


def test_a_pool_survives_the_restart_of_its_connections(engine: Engine, ledger: SqlLedger) -> None:
    ledger.counts(PROFILE)
    with engine.connect() as other:
        others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        other.execute(text(f"{others} AND datname = current_database()"))
    assert ledger.counts(PROFILE).passages == 0


def test_racing_memories_of_the_same_vectors_do_not_wait_for_each_other(ledger: SqlLedger) -> None:
    vectors = {bytes([n]) * 32: np.full(4, n, np.float32) for n in range(200)}
    backwards = dict(reversed(vectors.items()))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda given: ledger.remember(PROFILE, given), [vectors, backwards] * 6))
    assert len(ledger.cached(PROFILE, vectors)) == 200


def test_a_thousand_vectors_round_trip_bit_for_bit(ledger: SqlLedger) -> None:
    drawn = np.random.default_rng(7).integers(0, 2**32, (1000, 4), np.uint32).view(np.float32)
    vectors = {n.to_bytes(32, "big"): drawn[n] for n in range(1000)}
    ledger.remember(PROFILE, vectors)
    got = ledger.cached(PROFILE, vectors)
    assert all(got[key].tobytes() == vector.tobytes() for key, vector in vectors.items())


def test_a_full_pool_is_told_as_such(database_url: str) -> None:
    engine = create_pool(DatabaseSettings(url=database_url, pool_size=1, connect_timeout_seconds=1))
    with engine.connect(), pytest.raises(DatabaseUnavailable, match="DATABASE_POOL_SIZE"):
        SqlLedger(engine).register(PROFILE)
    engine.dispose()


def test_an_absent_server_is_told_in_one_sentence(database_url: str) -> None:
    engine = create_pool(DatabaseSettings(url="postgresql://u:p@127.0.0.1:1/d"))
    with pytest.raises(DatabaseUnavailable, match="Connection refused"):
        SqlLedger(engine).register(PROFILE)


def test_the_claim_reads_the_partial_index(engine: Engine, ledger: SqlLedger, course: InsertedCourse) -> None:
    ledger.enrol(PROFILE)
    with psycopg2.connect(engine.url.set(drivername="postgresql").render_as_string(False)) as raw:
        cursor = raw.cursor()
        cursor.execute("ANALYZE passage_vector_state")
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT passage_id FROM passage_vector_state WHERE profile_id = 1 AND state = 'pending'"
            " ORDER BY enrolled_at, passage_id LIMIT 10 FOR UPDATE SKIP LOCKED"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.close()
    raw.close()
    assert "ix_passage_vector_state_pending" in plan
    assert "Sort" not in plan
