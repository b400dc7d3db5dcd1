"""Fakes of the embedding ports: deterministic, instant, and failing exactly as they are told to."""

import re
from collections import Counter
from collections.abc import Sequence
from threading import Lock
from zlib import crc32

import numpy as np

from robolearn.domain.errors import EmbeddingRejected, EmbeddingThrottled, EmbeddingUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.ports.embedding import BatchLimits, SparseVector, Vectors

_WORDS = re.compile(r"\w+")
_STOP_WORDS = frozenset({"a", "an", "and", "does", "how", "in", "is", "my", "of", "the", "to", "what", "why"})


def hashed_words(text: str, dimensions: int) -> Vectors:
    """A bag of words as a unit vector of shape (dimensions,): texts that share words are near."""
    vector = np.zeros(dimensions, np.float32)
    for word in _words(text) or [""]:
        place = crc32(word.encode("utf-8", "surrogatepass"))
        vector[place % dimensions] += 1 if place & 0x8000_0000 else -1
    length = float(np.linalg.norm(vector))
    if length == 0:  # two words cancelled each other out
        vector[0] = length = 1.0
    return vector / np.float32(length)


class FakeEmbedder:
    """An Embedder of hashed words.

    `embedded` counts each text that got a vector, `calls` the calls of `embed` and `embed_query`.
    `unavailable` makes every call fail for as long as it is set.
    """

    def __init__(
        self, dimensions: int = 32, *, model: str = "hashed-words", limits: BatchLimits | None = None
    ) -> None:
        self.profile = EmbeddingProfile("fake", model, dimensions)
        self.limits = limits or BatchLimits(texts=64, tokens=100_000)
        self.unavailable = False
        self.embedded: Counter[str] = Counter()
        self.calls = 0
        self._rejected: set[str] = set()
        self._throttled = 0
        self._retry_after: float | None = None
        self._lock = Lock()

    def reject(self, fragment: str) -> None:
        """Refuse from now on every batch with a text that contains `fragment`."""
        self._rejected.add(fragment)

    def accept(self, fragment: str) -> None:
        """Take back `reject(fragment)`."""
        self._rejected.discard(fragment)

    def throttle(self, times: int, retry_after: float | None = None) -> None:
        """Ask for patience on the next `times` calls; `retry_after` is in seconds."""
        self._throttled, self._retry_after = times, retry_after

    def count_tokens(self, text: str) -> int:
        """One token a word."""
        return len(_words(text))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions), unless a failure is due."""
        with self._lock:
            self.calls += 1
            self._fail_if_due(texts)
            self.embedded.update(texts)
        vectors = [hashed_words(text, self.profile.dimensions) for text in texts]
        return np.array(vectors, np.float32).reshape(len(texts), self.profile.dimensions)

    def embed_query(self, text: str) -> Vectors:
        """A vector of shape (dimensions,), unless a failure is due."""
        vector: Vectors = self.embed([text])[0]
        return vector

    def _fail_if_due(self, texts: Sequence[str]) -> None:
        if self.unavailable:
            raise EmbeddingUnavailable("The fake embedding provider is switched off.")
        if self._throttled > 0:
            self._throttled -= 1
            raise EmbeddingThrottled("The fake embedding provider asks for patience.", self._retry_after)
        for text in texts:
            if any(fragment in text for fragment in self._rejected):
                raise EmbeddingRejected(f"The fake embedding provider refuses {text[:60]!r}.")


class FakeSparseEncoder:
    """A SparseEncoder that counts words, without stemming; the weight of a query's word is 1."""

    def encode(self, texts: Sequence[str], language: str) -> list[SparseVector]:  # noqa: ARG002
        """Word counts by hash of word. `language` makes no difference."""
        return [_sparse(Counter(_content_words(text))) for text in texts]

    def encode_query(self, text: str, language: str) -> SparseVector:  # noqa: ARG002
        """Each word once; empty where only stop words were asked."""
        return _sparse(Counter(set(_content_words(text))))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.lower())


def _content_words(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _STOP_WORDS]


def _sparse(words: Counter[str]) -> SparseVector:
    weights: Counter[int] = Counter()
    for word, count in words.items():
        weights[crc32(word.encode("utf-8", "surrogatepass"))] += count
    ordered = sorted(weights.items())
    return SparseVector(tuple(index for index, _ in ordered), tuple(float(count) for _, count in ordered))
