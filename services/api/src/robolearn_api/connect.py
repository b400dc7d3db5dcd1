"""The api's adapters from its settings."""

from functools import partial

from robolearn import bootstrap
from robolearn.observability import get_logger
from robolearn.storage.schema import require_revision
from robolearn_api.adapters import Adapters
from robolearn_api.settings import ApiSettings

log = get_logger(__name__)


def connect(settings: ApiSettings) -> Adapters:
    """Real adapters, which share one pool. Raises SettingsError.

    Nothing is asked of database, index or provider yet; a local model that is not there is told now.
    """
    embedder = bootstrap.embedder(settings.embedding, settings.openai)
    log.info("embedding.profile", fingerprint=embedder.profile.fingerprint, model=embedder.profile.model)
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
