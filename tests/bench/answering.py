"""The learners' questions put to the real search, in processes of their own."""

from pathlib import Path
from typing import Any

from tests.bench import ours

from robolearn import bootstrap
from robolearn.domain.search import SearchHit, SearchMode
from robolearn.embedding.local import LocalEmbedder
from robolearn.settings import EmbeddingSettings
from robolearn_api.adapters import Adapters
from robolearn_api.search.question import Question
from robolearn_api.search.searcher import Searcher
from robolearn_api.search.vectors import VectorSide
from robolearn_api.settings import ServeSettings

LIMIT = 5


def build(url: str, sources: list[str], model: str, path: str) -> dict[str, Any]:
    """Load the curricula, and embed them with the local model."""
    engine = ours.pool(url)
    for source in sources:
        ours.ingest(engine, source)
    embedder = _local(model)
    used = ours.adapters(engine, path, embedder)
    ours.embed(used)
    counts = used.ledger.counts(embedder.profile)
    used.close()
    engine.dispose()
    if counts.embedded != counts.passages:
        raise RuntimeError(f"only {counts.embedded} of {counts.passages} passages were embedded")
    return {"passages": counts.passages}


def ask(url: str, model: str, path: str, texts: list[str]) -> dict[str, Any]:
    """The best hits of each question, by mode, best first."""
    engine, embedder = ours.pool(url), _local(model)
    used = ours.adapters(engine, path, embedder)
    adapters = Adapters(
        catalogue=bootstrap.catalogue(engine),
        passages=bootstrap.passage_search(engine),
        index=used.index,
        embedder=embedder,
        sparse=used.sparse,
        ledger=used.ledger,
    )
    side = VectorSide(adapters, ServeSettings(search_timeout_seconds=60))
    searcher = Searcher(adapters, side, "en")
    found = [{mode.value: _hits(searcher, text, mode) for mode in SearchMode} for text in texts]
    side.close()
    used.close()
    engine.dispose()
    return {"found": found}


def _hits(searcher: Searcher, text: str, mode: SearchMode) -> list[dict[str, Any]]:
    result = searcher.search(Question(text, mode, limit=LIMIT))
    if result.degraded:
        raise RuntimeError(f"{text}: {result.degraded}")
    return [_hit(one) for one in result.hits]


def _hit(one: SearchHit) -> dict[str, Any]:
    return {
        "file": one.passage.source_path,
        "headings": one.passage.heading_path,
        "score": one.score,
        "dense": one.dense,
        "lexical": one.lexical,
    }


def _local(model: str) -> LocalEmbedder:
    return LocalEmbedder(EmbeddingSettings(model_dir=Path(model)))
