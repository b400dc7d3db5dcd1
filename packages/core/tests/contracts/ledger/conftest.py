"""The worlds that every Ledger is tested in: the fake, and PostgreSQL's."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from robolearn.domain.profile import EmbeddingProfile
from robolearn.storage.engine import psycopg2_url
from robolearn.testing.ledger_worlds import FakeLedgerWorld, LedgerWorld, SqlLedgerWorld


@pytest.fixture(params=["fake", "sql"])
def unregistered_world(request: pytest.FixtureRequest) -> Iterator[LedgerWorld]:
    """A world without passages, whose ledger knows no profile."""
    if request.param == "fake":
        yield FakeLedgerWorld()
        return
    engine = create_engine(psycopg2_url(request.getfixturevalue("database_url")))
    yield SqlLedgerWorld(engine)
    engine.dispose()


@pytest.fixture
def world(unregistered_world: LedgerWorld) -> LedgerWorld:
    """A world without passages, whose ledger knows one profile."""
    unregistered_world.ledger.register(EmbeddingProfile("fake", "one", 4))
    return unregistered_world
