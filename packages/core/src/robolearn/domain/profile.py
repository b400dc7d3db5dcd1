"""An embedding profile: everything that makes two vectors comparable."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from uuid import UUID, uuid5

from robolearn.domain.hashing import canonical_digest

# Raise it when passages are cut or their embedded text is put together differently.
CHUNKER_VERSION = 1

_POINTS = UUID("6f1c2c4e-6d0a-5b1e-9a53-0d6a5f0b7c11")


@dataclass(frozen=True, slots=True)
class EmbeddingProfile:
    """How passages become dense vectors of `dimensions` float32 values."""

    provider: str
    model: str
    dimensions: int
    normalised: bool = True
    chunker_version: int = CHUNKER_VERSION

    @property
    def fingerprint(self) -> str:
        """12 hexadecimal digits that change whenever vectors stop being comparable."""
        return _fingerprint(self)

    @property
    def collection(self) -> str:
        """The name of the collection that holds this profile's vectors, and no other's."""
        return f"passages-{self.fingerprint}"

    def point_id(self, passage_id: UUID) -> UUID:
        """The id of a passage's point: the same upsert twice is one point."""
        return uuid5(_POINTS, f"{self.fingerprint}:{passage_id}")


@lru_cache(maxsize=64)  # asked for with every point
def _fingerprint(profile: EmbeddingProfile) -> str:
    return canonical_digest(asdict(profile)).hex()[:12]
