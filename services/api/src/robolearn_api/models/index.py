"""The state of the index on the wire."""

from robolearn_api.models.wire import Wire


class IndexStatus(Wire):
    """Counts of the current embedding profile, side by side."""

    profile: str
    """Fingerprint of the embedding profile."""
    collection: str
    """The collection that holds this profile's points."""
    alias: str | None
    """The collection that readers are sent to; null: none yet, or the index is away."""
    passages: int
    embedded: int
    pending: int
    failed: int
    removals: int
    """Points that are to be removed."""
    points: int | None
    """Points in the collection; null: the index is away."""
    orphans: int | None
    """Points beyond the passages that count as embedded."""
    agree: bool
    """passages = embedded + pending + failed, and points = embedded."""
    oldest_pending_seconds: float | None
    index_error: str | None
    """Why the index could not be asked."""
