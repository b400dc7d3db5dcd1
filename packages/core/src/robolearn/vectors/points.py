"""Points, filters and queries in the engine's own terms."""

from collections.abc import Sequence

from qdrant_client import models

from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import SearchFilters
from robolearn.ports.embedding import SparseVector, Vectors
from robolearn.ports.index import Point

DENSE = "dense"
SPARSE = "sparse"
PASSAGE_ID = "passage_id"
KEYWORDS = ("course", "level", "language", "ros_distro", "simulator", "hardware")
INDEXED = (*KEYWORDS, "lesson_id")

# How many candidates each leg hands to the fusion, whose normalisation looks at all of their scores.
DEPTH = 100


def struct(profile: EmbeddingProfile, point: Point) -> models.PointStruct:
    """A point as it is written."""
    payload = point.payload
    return models.PointStruct(
        id=str(profile.point_id(point.passage_id)),
        vector={DENSE: point.dense.tolist(), SPARSE: sparse_vector(point.sparse)},
        payload={
            PASSAGE_ID: str(point.passage_id),
            "course": payload.course,
            "lesson_id": str(payload.lesson_id),
            "level": payload.level,
            "language": payload.language,
            "ros_distro": list(payload.ros_distro),
            "simulator": list(payload.simulator),
            "hardware": list(payload.hardware),
        },
    )


def sparse_vector(vector: SparseVector) -> models.SparseVector:
    """Term weights as the engine takes them."""
    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def condition(filters: SearchFilters) -> models.Filter | None:
    """Each filter that is set must hold; within one, any of its values will do."""
    must: list[models.Condition] = [
        models.FieldCondition(key=key, match=models.MatchAny(any=list(values)))
        for key in KEYWORDS
        if (values := getattr(filters, key))
    ]
    return models.Filter(must=must) if must else None


def legs(dense: Vectors | None, sparse: SparseVector | None) -> dict[str, models.Query]:
    """The queries that can be asked, by the name of the vector they search."""
    found: dict[str, models.Query] = {}
    if dense is not None:
        found[DENSE] = models.NearestQuery(nearest=dense.tolist())
    if sparse is not None and sparse.indices:
        found[SPARSE] = models.NearestQuery(nearest=sparse_vector(sparse))
    return found


def leg_request(
    name: str, query: models.Query, where: models.Filter | None, limit: int
) -> models.QueryRequest:
    """One leg alone."""
    return models.QueryRequest(query=query, using=name, filter=where, limit=limit, with_payload=[PASSAGE_ID])


def fused_request(
    requests: Sequence[models.QueryRequest], fusion: models.Fusion, limit: int
) -> models.QueryRequest:
    """The legs as prefetches of one query that the engine fuses."""
    prefetch = [
        models.Prefetch(query=one.query, using=one.using, filter=one.filter, limit=one.limit)
        for one in requests
    ]
    return models.QueryRequest(
        prefetch=prefetch, query=models.FusionQuery(fusion=fusion), limit=limit, with_payload=[PASSAGE_ID]
    )
