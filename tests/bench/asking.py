"""The api's search over what was indexed, in one process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr
from tests.bench import ours

from robolearn import bootstrap
from robolearn.embedding.local import LocalEmbedder
from robolearn.settings import DatabaseSettings, EmbeddingSettings
from robolearn_api.adapters import Adapters
from robolearn_api.search.searcher import Searcher
from robolearn_api.search.vectors import VectorSide
from robolearn_api.settings import ServeSettings

PATIENT = ServeSettings(search_timeout_seconds=60)


def local_model(folder: str) -> LocalEmbedder:
    """The local embedding model."""
    return LocalEmbedder(EmbeddingSettings(model_dir=Path(folder)))


@contextmanager
def searching(url: str, model: str, path: str) -> Iterator[tuple[Searcher, Adapters]]:
    """A searcher put together as the api does it, and what it works with."""
    engine, embedder = ours.pool(url), local_model(model)
    reading = bootstrap.reading_pool(DatabaseSettings(url=SecretStr(url)))
    used = ours.adapters(engine, path, embedder)
    adapters = Adapters(
        catalogue=bootstrap.catalogue(reading),
        passages=bootstrap.passage_search(reading),
        index=used.index,
        embedder=embedder,
        sparse=used.sparse,
        ledger=used.ledger,
    )
    side = VectorSide(adapters, PATIENT)
    try:
        yield Searcher(adapters, side, "en"), adapters
    finally:
        side.close()
        used.close()
        reading.dispose()
        engine.dispose()
