"""The api's adapters from its settings."""

from functools import partial

from robolearn import bootstrap
from robolearn.storage.schema import require_revision
from robolearn_api.adapters import Adapters
from robolearn_api.settings import ApiSettings


def connect(settings: ApiSettings) -> Adapters:
    """Real adapters, which share one pool. Nothing is asked of database, index or provider yet."""
    engine = bootstrap.pool(settings.database)
    index = bootstrap.vector_index(settings.qdrant)
    return Adapters(
        catalogue=bootstrap.catalogue(engine),
        passages=bootstrap.passage_search(engine),
        index=index,
        embedder=bootstrap.embedder(settings.embedding, settings.openai),
        sparse=bootstrap.sparse_encoder(),
        ledger=bootstrap.ledger(engine),
        check_database=partial(require_revision, engine),
        closers=(index.close, engine.dispose),
    )
