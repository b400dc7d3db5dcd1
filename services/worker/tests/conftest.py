"""A small world to index: passages that come, change and go, on fakes or on real adapters."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from robolearn.domain.hashing import digest
from robolearn.domain.page import embedding_text
from robolearn.ports.embedding import BatchLimits
from robolearn.settings import DatabaseSettings, QdrantSettings
from robolearn.storage.engine import create_pool
from robolearn.storage.ledger import SqlLedger
from robolearn.testing import FakeEmbedder, FakeIndex, FakeLedger, FakeSparseEncoder
from robolearn.testing.rows import LessonRows, insert_course
from robolearn.vectors.qdrant import QdrantIndex
from robolearn_worker.adapters import Adapters
from robolearn_worker.indexing import Indexing
from robolearn_worker.settings import IndexingSettings


class World(Protocol):
    """What tests do to the curriculum, and what the worker works with."""

    adapters: Adapters
    embedder: FakeEmbedder

    def add(self, *texts: str) -> list[UUID]: ...

    def change(self, passage_id: UUID, text: str) -> None: ...

    def delete(self, passage_id: UUID) -> None: ...

    def expire_leases(self) -> None: ...


def small_calls() -> FakeEmbedder:
    return FakeEmbedder(limits=BatchLimits(texts=8, tokens=1000))


class FakeWorld:
    """Everything in memory."""

    def __init__(self) -> None:
        self.ledger, self.embedder = FakeLedger(), small_calls()
        self.adapters = Adapters(self.ledger, FakeIndex(), self.embedder, FakeSparseEncoder())

    def add(self, *texts: str) -> list[UUID]:
        return [self.ledger.put(one) for one in texts]

    def change(self, passage_id: UUID, text: str) -> None:
        self.ledger.put(text, passage_id)

    def delete(self, passage_id: UUID) -> None:
        self.ledger.drop(passage_id)

    def expire_leases(self) -> None:
        for states in self.ledger.states.values():
            for state in states.values():
                state.until = self.ledger.now
        self.ledger.due = {
            key: (one, gone, self.ledger.now) for key, (one, gone, _) in self.ledger.due.items()
        }


class RealWorld:
    """PostgreSQL and Qdrant's engine on disk; only the provider is a fake, which counts."""

    def __init__(self, engine: Engine, index: QdrantIndex) -> None:
        self.engine, self.embedder = engine, small_calls()
        self.adapters = Adapters(SqlLedger(engine), index, self.embedder, FakeSparseEncoder())

    def add(self, *texts: str) -> list[UUID]:
        return list(insert_course(self.engine, f"course-{uuid4()}", [LessonRows("", texts)]).passages)

    def change(self, passage_id: UUID, changed: str) -> None:
        hashed = digest(embedding_text(("",), changed))
        self._execute(
            "UPDATE passage SET text = :text, text_hash = :hash WHERE id = :id",
            text=changed,
            hash=hashed,
            id=passage_id,
        )

    def delete(self, passage_id: UUID) -> None:
        self._execute("DELETE FROM passage WHERE id = :id", id=passage_id)

    def expire_leases(self) -> None:
        self._execute("UPDATE passage_vector_state SET lease_until = now() WHERE lease_until IS NOT NULL")
        self._execute("UPDATE vector_removal SET not_before = now()")

    def _execute(self, statement: str, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)


@pytest.fixture
def fake_world() -> FakeWorld:
    return FakeWorld()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    pool = create_pool(DatabaseSettings.model_validate({"url": database_url, "pool_size": 20}))
    yield pool
    pool.dispose()


@pytest.fixture
def real_world(engine: Engine, tmp_path: Path) -> Iterator[RealWorld]:
    index = QdrantIndex(QdrantSettings(path=tmp_path / "qdrant"))
    yield RealWorld(engine, index)
    index.close()


@pytest.fixture(params=["fake", "real"])
def world(request: pytest.FixtureRequest) -> World:
    found: World = request.getfixturevalue(f"{request.param}_world")
    return found


@pytest.fixture
def settings(tmp_path: Path) -> IndexingSettings:
    return IndexingSettings(batch_size=20, heartbeat_file=tmp_path / "heartbeat.json")


@pytest.fixture
def indexing(world: World, settings: IndexingSettings) -> Indexing:
    return Indexing(settings, lambda: world.adapters)


@pytest.fixture
def another(world: World, settings: IndexingSettings) -> Callable[[], Indexing]:
    """Further workers on the same world."""
    return lambda: Indexing(settings, lambda: world.adapters)


@pytest.fixture
def indexing_of_real_world(real_world: RealWorld, settings: IndexingSettings) -> Indexing:
    return Indexing(settings, lambda: real_world.adapters)
