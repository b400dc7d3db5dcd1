"""The learners' questions put to the real search, in processes of their own."""

from typing import Any

from tests.bench import ours
from tests.bench.asking import local_model, searching

from robolearn.domain.search import SearchHit, SearchMode
from robolearn_api.search.question import Question
from robolearn_api.search.searcher import Searcher

LIMIT = 5


def build(url: str, sources: list[str], model: str, path: str) -> dict[str, Any]:
    """Load the curricula, and embed them with the local model."""
    engine = ours.pool(url)
    for source in sources:
        ours.ingest(engine, source)
    embedder = local_model(model)
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
    with searching(url, model, path) as (searcher, _):
        found = [{mode.value: _hits(searcher, text, mode) for mode in SearchMode} for text in texts]
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
