"""Dense vectors from any server that speaks OpenAI's embeddings protocol."""

import re
from base64 import b64decode
from collections.abc import Sequence
from functools import cached_property
from math import ceil
from urllib.parse import urlsplit

import numpy as np
from openai import OpenAI, OpenAIError, omit
from openai.types import CreateEmbeddingResponse

from robolearn.domain.errors import EmbeddingRejected, EmbeddingUnavailable, SettingsError
from robolearn.domain.profile import EmbeddingProfile
from robolearn.embedding.openai_failures import sorted_by_kind
from robolearn.ports.embedding import BatchLimits, Vectors
from robolearn.settings import OpenAISettings

# Only these models may be asked for fewer dimensions; other servers refuse or ignore the parameter.
_SHORTENABLE = "text-embedding-3"
_PIECES = re.compile(r"\w+|[^\w\s]")


class OpenAIEmbedder:
    """An Embedder on a server. It makes one request a call and repeats none: patience is the worker's part.

    Raises SettingsError if the key is missing where it is needed: at OpenAI itself, not at a base URL.
    """

    def __init__(self, settings: OpenAISettings) -> None:
        if settings.api_key is None and settings.base_url is None:
            raise SettingsError(
                "OPENAI_API_KEY is not set, and EMBEDDING_PROVIDER is openai.",
                "Set it, or OPENAI_BASE_URL for a server without keys, or EMBEDDING_PROVIDER to local.",
            )
        self._settings = settings
        self.profile = EmbeddingProfile("openai", settings.model, settings.dimensions)
        self.limits = BatchLimits(settings.batch_texts, settings.batch_tokens)

    def count_tokens(self, text: str) -> int:
        """An estimate from above: a token a word or sign, and at least one for each three bytes."""
        return 1 + max(len(_PIECES.findall(text)), ceil(len(text.encode("utf-8", "replace")) / 3))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions). Raises as the port says."""
        if not texts:
            return np.empty((0, self.profile.dimensions), np.float32)
        return self._read(self._asked(texts), len(texts))

    def embed_query(self, text: str) -> Vectors:
        """A vector of shape (dimensions,). Raises as the port says."""
        vector: Vectors = self.embed([text])[0]
        return vector

    def close(self) -> None:
        """Close the connections to the server. It can be used again."""
        if client := self.__dict__.pop("_client", None):
            client.close()

    @cached_property
    def _client(self) -> OpenAI:
        key = self._settings.api_key
        return OpenAI(
            api_key=key.get_secret_value() if key else "no-key-needed",
            base_url=self._settings.base_url,
            timeout=self._settings.timeout_seconds,
            max_retries=0,
        )

    @property
    def _server(self) -> str:
        url = self._settings.base_url
        return f"The embedding server at {urlsplit(url).hostname}" if url else "OpenAI"

    def _asked(self, texts: Sequence[str]) -> CreateEmbeddingResponse:
        shortened = _SHORTENABLE in self._settings.model
        try:
            return self._client.embeddings.create(
                model=self._settings.model,
                input=list(texts),
                dimensions=self._settings.dimensions if shortened else omit,
                encoding_format="base64",
            )
        except UnicodeEncodeError as error:
            raise EmbeddingRejected(f"A text is not valid Unicode: {error.reason}.") from None
        except (OpenAIError, ValueError) as error:
            raise sorted_by_kind(error, self._server) from error

    def _read(self, response: CreateEmbeddingResponse, expected: int) -> Vectors:
        try:
            rows = {row.index: _decoded(row.embedding) for row in response.data}
            ordered = [rows[place] for place in range(expected)]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise EmbeddingUnavailable(
                f"{self._server} did not answer with {expected} embeddings.", "Check OPENAI_BASE_URL."
            ) from None
        return self._unit(ordered)

    def _unit(self, rows: list[Vectors]) -> Vectors:
        if wrong := {len(row) for row in rows} - {self.profile.dimensions}:
            raise EmbeddingUnavailable(
                f"{self._server} makes vectors of {wrong.pop()} dimensions with {self._settings.model},"
                f" not the {self.profile.dimensions} of OPENAI_DIMENSIONS.",
                "Set OPENAI_DIMENSIONS to what the model makes.",
            )
        vectors = np.vstack(rows)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths) & (lengths > 0)).all():
            raise EmbeddingRejected(f"{self._server} made a vector of no direction (zero or not a number).")
        unit: Vectors = vectors / lengths
        return unit


def _decoded(embedding: str | list[float]) -> Vectors:
    """Base64 of little-endian float32, or the list of numbers that some servers send all the same."""
    if isinstance(embedding, str):
        return np.frombuffer(b64decode(embedding, validate=True), "<f4").astype(np.float32)
    return np.array(embedding, np.float32)
