"""A database of the test's own, and an ingest into it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from robolearn import bootstrap
from robolearn.settings import DatabaseSettings
from robolearn.storage.curriculum import curriculum_session
from robolearn_ingest.loading import LoadReport, load_curriculum
from robolearn_ingest.sources.tree import tree_of


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = bootstrap.pool(DatabaseSettings(url=SecretStr(database_url)))
    yield engine
    engine.dispose()


@pytest.fixture
def load(engine: Engine) -> Callable[..., LoadReport]:
    """Load files, by path, as the source at a location."""

    def loaded(
        files: Mapping[str, str | bytes],
        location: str = "/courses/drive",
        revision: str | None = None,
        **options: Any,
    ) -> LoadReport:
        content = {path: body if isinstance(body, bytes) else body.encode() for path, body in files.items()}
        tree = tree_of(location, content, revision)
        return load_curriculum(partial(curriculum_session, engine), tree, **options)

    return loaded
