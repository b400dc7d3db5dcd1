"""Units of indexing work, as claimed from the database."""

from dataclasses import dataclass
from uuid import UUID

from robolearn.domain.page import embedding_text


@dataclass(frozen=True, slots=True)
class PassagePayload:
    """What search filters on, beside the vectors of a point."""

    course: str
    lesson_id: UUID
    level: str | None
    language: str
    ros_distro: tuple[str, ...]
    simulator: tuple[str, ...]
    hardware: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimedPassage:
    """A passage leased to one worker. Its hashes (32 bytes) say what is being indexed."""

    id: UUID
    heading_path: tuple[str, ...]
    text: str
    text_hash: bytes
    payload_hash: bytes
    payload: PassagePayload
    attempts: int

    @property
    def embedding_text(self) -> str:
        """What the provider gets."""
        return embedding_text(self.heading_path, self.text)


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """Counts of one profile that must agree: passages = embedded + pending + failed, points = embedded."""

    passages: int
    embedded: int
    pending: int
    failed: int
    removals: int
    oldest_pending_seconds: float | None
