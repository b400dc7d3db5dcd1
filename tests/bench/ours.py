"""Our own pipeline, as the services run it, in one process and timed by stages."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine
from tests.bench.mock import MockEmbedder
from tests.bench.usage import cpu_seconds

from robolearn import bootstrap
from robolearn.ports.embedding import Embedder
from robolearn.settings import DatabaseSettings, QdrantSettings
from robolearn.storage.curriculum import curriculum_session
from robolearn_ingest.loading import LoadReport, load_curriculum
from robolearn_ingest.sources import SourceSettings, open_source
from robolearn_worker.adapters import Adapters
from robolearn_worker.indexing import Indexing
from robolearn_worker.settings import IndexingSettings

SWEEP_SECONDS = 3600


def pool(url: str) -> Engine:
    """The connection pool of one process."""
    return bootstrap.pool(DatabaseSettings(url=SecretStr(url)))


def ingest(engine: Engine, folder: str) -> LoadReport:
    """Load one source."""
    with open_source(folder, None, SourceSettings()) as tree:
        return load_curriculum(partial(curriculum_session, engine), tree)


def adapters(engine: Engine, path: str, embedder: Embedder) -> Adapters:
    """What the worker's sweeps work with; closing them leaves the pool open."""
    index = bootstrap.vector_index(QdrantSettings(path=Path(path)))
    return Adapters(bootstrap.ledger(engine), index, embedder, bootstrap.sparse_encoder(), index.close)


def embed(given: Adapters) -> None:
    """One sweep of the worker, to the end."""
    with TemporaryDirectory() as folder:
        settings = IndexingSettings(
            heartbeat_file=Path(folder) / "heartbeat", sweep_limit_seconds=SWEEP_SECONDS
        )
        Indexing(settings, lambda: replace(given, close=lambda: None)).embed()


def measure(url: str, folder: str, path: str) -> dict[str, Any]:
    """Bring database and index up to date with the folder; seconds of each stage, and texts embedded."""
    engine, embedder = pool(url), MockEmbedder()
    used = adapters(engine, path, embedder)
    used.sparse.encode(["warm"], "en")
    started, cpu = perf_counter(), cpu_seconds()
    report = ingest(engine, folder)
    loaded = perf_counter()
    embed(used)
    ended, cpu = perf_counter(), cpu_seconds() - cpu
    counts = used.ledger.counts(embedder.profile)
    points = used.index.count(embedder.profile)
    used.close()
    engine.dispose()
    return {
        "seconds": ended - started,
        "cpu": cpu,
        "load": loaded - started,
        "index": ended - loaded,
        "embedded": embedder.embedded,
        "passages": report.counts["passages"],
        "agree": counts.embedded == counts.passages == points,
    }


def measure_ingest(url: str, folder: str) -> dict[str, Any]:
    """The ingest alone, as a second run in a process that is warm but knows nothing of the first."""
    engine = pool(url)
    with engine.connect():
        pass
    started = perf_counter()
    report = ingest(engine, folder)
    ended = perf_counter()
    engine.dispose()
    return {"seconds": ended - started, "written": report.written, "unchanged": report.counts["unchanged"]}
