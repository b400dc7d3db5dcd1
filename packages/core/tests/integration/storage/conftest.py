"""An engine on a database of the test's own, and a ledger with a course to index."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from robolearn.domain.profile import EmbeddingProfile
from robolearn.settings import DatabaseSettings
from robolearn.storage.engine import create_pool
from robolearn.storage.ledger import SqlLedger
from robolearn.testing.rows import InsertedCourse, LessonRows, insert_course


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = create_pool(DatabaseSettings(url=database_url, pool_size=12))
    yield made
    made.dispose()


@pytest.fixture
def ledger(engine: Engine) -> SqlLedger:
    made = SqlLedger(engine)
    made.register(EmbeddingProfile("fake", "one", 4))
    return made


@pytest.fixture
def course(engine: Engine) -> InsertedCourse:
    rows = [LessonRows(f"Lesson {n}", tuple(f"text {n} {m}" for m in range(10))) for n in range(20)]
    return insert_course(engine, "course", rows)
