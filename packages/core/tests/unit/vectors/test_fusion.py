"""Fusion in the engine and fusion beside it are one and the same."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

import httpx
import numpy as np
import pytest
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from robolearn.domain.search import ScoredPassage
from robolearn.ports.embedding import SparseVector
from robolearn.vectors.fusion import Fusion
from robolearn.vectors.points import DENSE, SPARSE, leg_request, legs

RANDOM = np.random.default_rng(7)


@pytest.fixture
def client() -> Iterator[QdrantClient]:
    engine = QdrantClient(":memory:")
    engine.create_collection(
        "c",
        vectors_config={DENSE: models.VectorParams(size=8, distance=models.Distance.COSINE)},
        sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    engine.upsert("c", [struct() for _ in range(200)])
    yield engine
    engine.close()


def struct() -> models.PointStruct:
    terms = sorted({int(term) for term in RANDOM.integers(0, 40, 6)})
    words = models.SparseVector(indices=terms, values=RANDOM.random(len(terms)).tolist())
    vector = {DENSE: RANDOM.standard_normal(8).tolist(), SPARSE: words}
    return models.PointStruct(id=str(uuid4()), vector=vector, payload={"passage_id": str(uuid4())})


@pytest.fixture
def requests() -> list[models.QueryRequest]:
    question = legs(RANDOM.standard_normal(8).astype(np.float32), SparseVector((1, 5, 9), (1.0, 1.0, 1.0)))
    return [leg_request(name, query, None, 30) for name, query in question.items()]


def rounded(hits: Sequence[ScoredPassage]) -> dict[UUID, tuple[float, float | None, float | None]]:
    def short(value: float | None) -> float | None:
        return None if value is None else round(value, 5)

    return {hit.passage_id: (round(hit.score, 5), short(hit.dense), short(hit.lexical)) for hit in hits}


def test_fusing_beside_the_engine_gives_what_the_engine_gives(
    client: QdrantClient, requests: list[models.QueryRequest]
) -> None:
    inside = Fusion(in_engine=True).search(client, "c", requests, 40)
    beside = Fusion(in_engine=False).search(client, "c", requests, 40)
    assert rounded(inside) == rounded(beside)
    assert len(inside) == 40
    assert {hit.lexical is None for hit in inside} == {True, False}
    assert {hit.dense is None for hit in inside} == {True, False}


class Old:
    """A client of an engine that does not know DBSF."""

    def __init__(self, client: QdrantClient) -> None:
        self.client = client
        self.asked: list[models.Fusion] = []

    def query_batch_points(
        self, collection: str, requests: Sequence[models.QueryRequest]
    ) -> list[models.QueryResponse]:
        assert isinstance(requests[0].query, models.FusionQuery)
        self.asked.append(requests[0].query.fusion)
        if self.asked[-1] is models.Fusion.DBSF:
            raise UnexpectedResponse(400, "Bad Request", b"unknown variant `dbsf`", httpx.Headers())
        return self.client.query_batch_points(collection, requests)


def test_reciprocal_ranks_take_over_where_the_engine_refuses_dbsf(
    client: QdrantClient, requests: list[models.QueryRequest]
) -> None:
    old, fusion = Old(client), Fusion(in_engine=True)
    for _ in range(2):
        hits = fusion.search(old, "c", requests, 10)  # type: ignore[arg-type]
        assert len(hits) == 10
    assert old.asked == [models.Fusion.DBSF, models.Fusion.RRF, models.Fusion.RRF]
