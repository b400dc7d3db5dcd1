"""How far the index agrees with the database."""

from robolearn.domain.profile import EmbeddingProfile
from robolearn_api.adapters import Adapters
from robolearn_api.models.index import IndexStatus
from robolearn_api.search.guard import Away
from robolearn_api.search.vectors import VectorSide


def coverage(adapters: Adapters, vectors: VectorSide) -> IndexStatus:
    """The counts side by side. Raises DatabaseUnavailable; an index that is away is told, not raised."""
    profile = adapters.embedder.profile
    counts = adapters.ledger.counts(profile)
    points, alias, error = _of_index(vectors, profile)
    accounted = counts.passages == counts.embedded + counts.pending + counts.failed
    return IndexStatus(
        profile=profile.fingerprint,
        collection=profile.collection,
        alias=alias,
        passages=counts.passages,
        embedded=counts.embedded,
        pending=counts.pending,
        failed=counts.failed,
        removals=counts.removals,
        points=points,
        orphans=None if points is None else max(0, points - counts.embedded),
        agree=accounted and points == counts.embedded,
        oldest_pending_seconds=counts.oldest_pending_seconds,
        index_error=error,
    )


def _of_index(vectors: VectorSide, profile: EmbeddingProfile) -> tuple[int | None, str | None, str | None]:
    try:
        points, alias = vectors.ask_index(lambda index: (index.count(profile), index.promoted()))
    except Away as away:
        return None, None, str(away)
    return points, alias, None
