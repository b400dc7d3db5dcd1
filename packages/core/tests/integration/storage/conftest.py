"""An engine on a database of the test's own."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from robolearn.settings import DatabaseSettings
from robolearn.storage.engine import create_pool


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = create_pool(DatabaseSettings(url=database_url, pool_size=12))
    yield made
    made.dispose()
