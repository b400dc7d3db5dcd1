"""The api's adapters from its settings."""

from functools import partial

from robolearn import bootstrap
from robolearn.storage.schema import require_revision
from robolearn_api.adapters import Adapters
from robolearn_api.settings import ApiSettings


def connect(settings: ApiSettings) -> Adapters:
    """Real adapters, which share one pool. Raises SettingsError.

    Database, index and a remote provider are not asked yet. A local model is loaded now: one that is
    missing or damaged is told at the start, and the first reader does not wait for it.
    """
    embedder = bootstrap.embedder(settings.embedding, settings.openai)
    if settings.embedding.provider == "local":
        embedder.embed_query("warm up")
    engine = bootstrap.pool(settings.database)
    index = bootstrap.vector_index(settings.qdrant)
    return Adapters(
        catalogue=bootstrap.catalogue(engine),
        passages=bootstrap.passage_search(engine),
        index=index,
        embedder=embedder,
        sparse=bootstrap.sparse_encoder(),
        ledger=bootstrap.ledger(engine),
        check_database=partial(require_revision, engine),
        closers=(index.close, engine.dispose),
    )
