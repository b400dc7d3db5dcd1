"""The outside world as the indexing sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from robolearn import bootstrap
from robolearn.ports.embedding import Embedder, SparseEncoder
from robolearn.ports.index import VectorIndex
from robolearn.ports.ledger import Ledger
from robolearn_worker.settings import WorkerSettings


@dataclass(frozen=True, slots=True)
class Adapters:
    """What the sweeps work with. `close` lets go of connections and files."""

    ledger: Ledger
    index: VectorIndex
    embedder: Embedder
    sparse: SparseEncoder
    close: Callable[[], None] = lambda: None


def connect(settings: WorkerSettings) -> Adapters:
    """The real ones. Loads the local embedding model, where that is the provider."""
    pool = bootstrap.pool(settings.database)
    index = bootstrap.vector_index(settings.qdrant)

    def close() -> None:
        index.close()
        pool.dispose()

    return Adapters(
        ledger=bootstrap.ledger(pool),
        index=index,
        embedder=bootstrap.embedder(settings.embedding, settings.openai),
        sparse=bootstrap.sparse_encoder(),
        close=close,
    )
