"""Text to vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from robolearn.domain.profile import EmbeddingProfile

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """How much one call may carry."""

    texts: int
    tokens: int


class Embedder(Protocol):
    """Dense vectors of meaning. Safe to call from several threads."""

    @property
    def profile(self) -> EmbeddingProfile:
        """What its vectors can be compared with."""
        ...

    @property
    def limits(self) -> BatchLimits:
        """The most that one call of `embed` may carry."""
        ...

    def count_tokens(self, text: str) -> int:
        """About how many tokens the provider will count; never far below."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Passages to vectors of shape (len(texts), dimensions), in their order, of unit length.

        Raises EmbeddingThrottled, EmbeddingUnavailable, or EmbeddingRejected for a text of the batch.
        """
        ...

    def embed_query(self, text: str) -> Vectors:
        """A question to a vector of shape (dimensions,). Raises like `embed`."""
        ...


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term weights: `indices` are hashes of terms (unsigned 32 bits), `values` their weights."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


class SparseEncoder(Protocol):
    """Words to BM25 term weights; the inverse document frequency is the engine's part."""

    def encode(self, texts: Sequence[str], language: str) -> list[SparseVector]:
        """Passages, with stemming and stop words of `language` (ISO 639-1)."""
        ...

    def encode_query(self, text: str, language: str) -> SparseVector:
        """A question. Empty where only stop words were asked."""
        ...
