"""The api's adapters from its settings."""

from functools import partial

from robolearn import bootstrap
from robolearn.storage.schema import require_revision
from robolearn_api.adapters import Adapters
from robolearn_api.settings import ApiSettings


def connect(settings: ApiSettings) -> Adapters:
    """Real adapters; readers have a pool of their own, which is faster for them. Raises SettingsError.

    Database, index and a remote provider are not asked yet. A local model is loaded now: one that is
    missing or damaged is told at the start, and the first reader does not wait for it.
    """
    embedder = bootstrap.embedder(settings.embedding, settings.openai)
    if settings.embedding.provider == "local":
        embedder.embed_query("warm up")
    sparse = bootstrap.sparse_encoder()
    sparse.encode_query("warm up", settings.api.language)
    engine = bootstrap.pool(settings.database)
    reading = bootstrap.reading_pool(settings.database)
    index = bootstrap.vector_index(settings.qdrant)
    return Adapters(
        catalogue=bootstrap.catalogue(reading),
        passages=bootstrap.passage_search(reading),
        index=index,
        embedder=embedder,
        sparse=sparse,
        ledger=bootstrap.ledger(engine),
        check_database=partial(require_revision, engine),
        closers=(index.close, reading.dispose, engine.dispose),
    )
