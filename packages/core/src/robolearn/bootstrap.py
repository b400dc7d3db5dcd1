"""Adapters from settings. Imports are lazy: a service installs only the adapters it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robolearn.settings import DatabaseSettings, EmbeddingSettings, OpenAISettings, QdrantSettings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from robolearn.ports.embedding import Embedder, SparseEncoder
    from robolearn.ports.ledger import Ledger
    from robolearn.ports.reading import Catalogue, PassageSearch
    from robolearn.storage.backups import BackupDatabase
    from robolearn.vectors.qdrant import QdrantIndex
    from robolearn.vectors.snapshots import QdrantSnapshots


def pool(settings: DatabaseSettings) -> Engine:
    """The connection pool that the adapters of one process share."""
    from robolearn.storage.engine import create_pool

    return create_pool(settings)


def reading_pool(settings: DatabaseSettings) -> Engine:
    """The connection pool for `catalogue` and `passage_search`: several times faster than `pool` for them.

    It reads from the replica, if the settings name one that serves.
    """
    from robolearn.storage.reading_pool import create_reading_pool

    return create_reading_pool(settings)


def ledger(engine: Engine) -> Ledger:
    """The worker's view of the database."""
    from robolearn.storage.ledger import SqlLedger

    return SqlLedger(engine)


def catalogue(engine: Engine) -> Catalogue:
    """Courses and lessons."""
    from robolearn.storage.catalogue import SqlCatalogue

    return SqlCatalogue(engine)


def passage_search(engine: Engine) -> PassageSearch:
    """Passages by words and by id."""
    from robolearn.storage.passages import SqlPassageSearch

    return SqlPassageSearch(engine)


def embedder(settings: EmbeddingSettings, openai: OpenAISettings) -> Embedder:
    """The embedding provider that the settings choose."""
    if settings.provider == "openai":
        from robolearn.embedding.openai_compatible import OpenAIEmbedder

        return OpenAIEmbedder(openai)
    from robolearn.embedding.local import LocalEmbedder

    return LocalEmbedder(settings)


def sparse_encoder() -> SparseEncoder:
    """Words to BM25 weights."""
    from robolearn.embedding.sparse import Bm25Encoder

    return Bm25Encoder()


def vector_index(settings: QdrantSettings) -> QdrantIndex:
    """The vector index, on a server or on the client's own engine."""
    from robolearn.vectors.qdrant import QdrantIndex

    return QdrantIndex(settings)


def backup_database(settings: DatabaseSettings) -> BackupDatabase:
    """The database as backups see it."""
    from robolearn.storage.backups import BackupDatabase

    return BackupDatabase(settings)


def snapshots(settings: QdrantSettings) -> QdrantSnapshots:
    """The vector index's collections as files. Raises SettingsError without a server."""
    from robolearn.vectors.snapshots import QdrantSnapshots

    return QdrantSnapshots(settings)
