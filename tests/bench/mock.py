"""An embedder that costs next to nothing, so that what remains is the pipeline around it."""

from collections.abc import Sequence
from hashlib import shake_128

import numpy as np

from robolearn.domain.profile import EmbeddingProfile
from robolearn.ports.embedding import BatchLimits, Vectors

DIMENSIONS = 384


class MockEmbedder:
    """Unit vectors made of hashes, 10 microseconds each. `embedded` counts the texts."""

    def __init__(self) -> None:
        self.profile = EmbeddingProfile("mock", "hash-bytes", DIMENSIONS)
        self.limits = BatchLimits(texts=256, tokens=1_000_000)
        self.embedded = 0

    def count_tokens(self, text: str) -> int:
        """About four characters a token."""
        return len(text) // 4

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), DIMENSIONS)."""
        self.embedded += len(texts)
        return np.array([_vector(text) for text in texts], np.float32)

    def embed_query(self, text: str) -> Vectors:
        """A vector of shape (DIMENSIONS,)."""
        return _vector(text)


def _vector(text: str) -> Vectors:
    noise = np.frombuffer(shake_128(text.encode()).digest(DIMENSIONS), np.uint8).astype(np.float32) - 127.5
    unit: Vectors = noise / np.float32(np.linalg.norm(noise))
    return unit
