"""The outside world as the indexing sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from robolearn import bootstrap
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import IndexCounts
from robolearn.ports.embedding import Embedder, SparseEncoder
from robolearn.ports.index import VectorIndex
from robolearn.ports.ledger import Ledger
from robolearn.settings import DatabaseSettings
from robolearn.storage.schema import require_revision
from robolearn_worker.settings import WorkerSettings

# Seconds. Prometheus gives a scrape ten by default.
_HASTE = 3


@dataclass(frozen=True, slots=True)
class Adapters:
    """What the sweeps work with. `close` lets go of connections and files.

    `check_database` raises DatabaseUnavailable, or SchemaMismatch where no sweep may run yet.
    """

    ledger: Ledger
    index: VectorIndex
    embedder: Embedder
    sparse: SparseEncoder
    check_database: Callable[[], None] = lambda: None
    close: Callable[[], None] = lambda: None


def connect(settings: WorkerSettings) -> Adapters:
    """The real ones. Asks nobody yet; a local model must be there. Raises SettingsError."""
    embedder = bootstrap.embedder(settings.embedding, settings.openai)
    _ = embedder.profile  # a local model that is missing is told here
    index = bootstrap.vector_index(settings.qdrant)
    pool = bootstrap.pool(settings.database)

    def close() -> None:
        index.close()
        pool.dispose()

    return Adapters(
        ledger=bootstrap.ledger(pool),
        index=index,
        embedder=embedder,
        sparse=bootstrap.sparse_encoder(),
        check_database=partial(require_revision, pool),
        close=close,
    )


def counter(settings: DatabaseSettings, profile: EmbeddingProfile) -> Callable[[], IndexCounts]:
    """Counts of an index, on a connection of its own that is not waited for long: sweeps may use all others.

    The counting raises DatabaseUnavailable and SchemaMismatch.
    """
    hasty = {"pool_size": 1, "connect_timeout_seconds": _HASTE, "statement_timeout_seconds": _HASTE}
    pool = bootstrap.pool(settings.model_copy(update=hasty))
    ledger = bootstrap.ledger(pool)

    def count() -> IndexCounts:
        require_revision(pool)
        return ledger.counts(profile)

    return count
