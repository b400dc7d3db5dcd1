"""The two sides of the hybrid benchmark, each asked in a process of its own."""

from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from qdrant_client import QdrantClient, models
from tests.bench import ours, raw_model
from tests.bench.asking import local_model, searching
from tests.bench.corpus import questions
from tests.bench.mock import MockEmbedder

from robolearn import bootstrap
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import SearchFilters
from robolearn_api.adapters import Adapters
from robolearn_api.search.question import Question
from robolearn_api.search.vectors import SPARE

LIMIT = 10
DEPTH = 100  # candidates of each leg, as ours asks for
THREADS = 2
EVERYTHING = SearchFilters()


class _MockPassages(MockEmbedder):
    """Mock vectors for passages under the local model's profile: a query takes as long, whatever they are."""

    def __init__(self, profile: EmbeddingProfile) -> None:
        super().__init__()
        self.profile = profile


def build(url: str, corpus: str, model: str, path: str) -> dict[str, Any]:
    """Load and index the corpus with mock vectors."""
    engine = ours.pool(url)
    report = ours.ingest(engine, corpus)
    used = ours.adapters(engine, path, _MockPassages(local_model(model).profile))
    ours.embed(used)
    used.close()
    engine.dispose()
    return {"passages": report.counts["passages"]}


def ask(url: str, model: str, path: str, seed: int, count: int) -> dict[str, Any]:
    """Milliseconds of whole searches, then of what they consist of."""
    with searching(url, model, path) as (searcher, adapters):
        searcher.search(Question("warm"))

        def search(text: str) -> None:
            found = searcher.search(Question(text, limit=LIMIT))
            if found.degraded or len(found.hits) != LIMIT:
                raise RuntimeError(f"{len(found.hits)} hits, degraded: {found.degraded}")

        texts = questions(count, seed)
        return _summary(_each(search, texts)) | _stages(adapters, texts)


def _stages(adapters: Adapters, texts: list[str]) -> dict[str, float]:
    embedder, sparse = adapters.embedder, adapters.sparse
    asked = [(embedder.embed_query(text), sparse.encode_query(text, "en")) for text in texts]
    found: dict[str, list[Any]] = {}

    def engine(at: int) -> None:
        dense, words = asked[at]
        found[texts[at]] = adapters.index.search(
            embedder.profile, dense=dense, sparse=words, filters=EVERYTHING, limit=LIMIT + SPARE
        )

    def hydrate(text: str) -> None:
        adapters.passages.views([one.passage_id for one in found[text]], text, "en")

    return {
        "embed": median(_each(embedder.embed_query, texts)),
        "words": median(_each(lambda text: sparse.encode_query(text, "en"), texts)),
        "engine": median(_each(engine, range(len(texts)))),
        "hydrate": median(_each(hydrate, texts)),
    }


def ask_raw(model: str, path: str, seed: int, count: int) -> dict[str, Any]:
    """Milliseconds of embedding a question and asking the engine, without us."""
    embedder, encoder = raw_model.load(model, THREADS), bootstrap.sparse_encoder()
    client = QdrantClient(path=path)
    name = client.get_collections().collections[0].name

    def request(text: str) -> dict[str, Any]:
        words = encoder.encode_query(text, "en")
        sparse = models.SparseVector(indices=list(words.indices), values=list(words.values))
        legs = {"dense": next(iter(embedder.query_embed(text))).tolist(), "sparse": sparse}
        prefetch = [models.Prefetch(query=query, using=leg, limit=DEPTH) for leg, query in legs.items()]
        return {"prefetch": prefetch, "query": models.FusionQuery(fusion=models.Fusion.DBSF)}

    def query(asked: dict[str, Any]) -> None:
        client.query_points(name, **asked, limit=LIMIT, with_payload=True)

    query(request("warm"))
    texts = questions(count, seed)
    whole = _each(lambda text: query(request(text)), texts)
    requests = [request(text) for text in texts]
    stages = {
        "embed": median(_each(lambda text: next(iter(embedder.query_embed(text))), texts)),
        "words": median(_each(lambda text: encoder.encode_query(text, "en"), texts)),
        "engine": median(_each(query, requests)),
    }
    client.close()
    return _summary(whole) | stages


def _each(work: Callable[[Any], object], given: Any) -> list[float]:
    """Milliseconds of each call."""
    taken = []
    for one in given:
        started = perf_counter()
        work(one)
        taken.append((perf_counter() - started) * 1000)
    return taken


def _summary(taken: list[float]) -> dict[str, float]:
    return {"p50": median(taken), "p95": quantiles(taken, n=20)[-1]}
