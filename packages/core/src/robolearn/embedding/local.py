"""Dense vectors on this machine: a prepared ONNX model run by fastembed, which downloads nothing."""

from collections.abc import Sequence
from functools import cached_property
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

import numpy as np

from robolearn.domain.errors import EmbeddingRejected, SettingsError
from robolearn.domain.profile import EmbeddingProfile
from robolearn.embedding.model.manifest import Manifest, damaged_files, read_manifest
from robolearn.observability import get_logger
from robolearn.ports.embedding import BatchLimits, Vectors
from robolearn.settings import EmbeddingSettings

if TYPE_CHECKING:
    from fastembed import TextEmbedding
    from tokenizers import Tokenizer

# The name by which fastembed knows how to pool and normalise; the weights are those of the folder.
_POOLED_AS = "sentence-transformers/all-MiniLM-L6-v2"

log = get_logger(__name__)


class LocalEmbedder:
    """An Embedder on this machine's processor. The model is loaded at the first text, about a second.

    Texts are run one by one: on a processor that is faster than padded batches, takes a fixed 200 MB, and a
    text's vector cannot depend on its neighbours (8-bit arithmetic scales by the whole batch). No more texts
    are run at a time than there are threads: more would not be faster, and each takes memory that is kept.
    Every property and method raises SettingsError if the model is not prepared.
    """

    limits = BatchLimits(texts=64, tokens=64 * 1024)

    def __init__(self, settings: EmbeddingSettings) -> None:
        self._folder = settings.model_dir
        self._threads = settings.threads
        self._loading = Lock()
        self._turns = BoundedSemaphore(settings.threads)
        self._loaded: TextEmbedding | None = None

    @cached_property
    def profile(self) -> EmbeddingProfile:
        """Named after the weights: other weights are another profile."""
        return EmbeddingProfile("local", self._manifest.name, self._manifest.dimensions)

    def count_tokens(self, text: str) -> int:
        """The model's own count, uncut: what is beyond its 256 tokens is not embedded."""
        return len(self._tokenizer.encode(_clean(text)).ids)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions). Raises EmbeddingRejected for broken Unicode."""
        found = np.empty((len(texts), self.profile.dimensions), np.float32)
        clean = [_clean(text) for text in texts]
        vectors = iter(self._model.embed(clean, batch_size=1) if clean else ())
        for place in range(len(clean)):
            with self._turns:
                found[place] = next(vectors)
        return found

    def embed_query(self, text: str) -> Vectors:
        """A vector of shape (dimensions,). Raises like `embed`."""
        vector: Vectors = self.embed([text])[0]
        return vector

    @cached_property
    def _manifest(self) -> Manifest:
        return read_manifest(self._folder)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @property
    def _model(self) -> "TextEmbedding":
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
        return self._loaded

    def _load(self) -> "TextEmbedding":
        if damaged := damaged_files(self._folder, self._manifest):
            raise SettingsError(
                f"EMBEDDING_MODEL_DIR: {self._folder} is damaged ({', '.join(damaged)}).",
                "Run `robolearn model prepare`, which makes the model anew.",
            )
        from fastembed import TextEmbedding

        log.info("model.loading", model=self._manifest.name, threads=self._threads)
        return TextEmbedding(_POOLED_AS, specific_model_path=str(self._folder), threads=self._threads)


def _clean(text: str) -> str:
    """The text itself. Raises EmbeddingRejected for a lone surrogate, which no tokenizer takes."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise EmbeddingRejected(f"The text is not valid Unicode at character {error.start}.") from None
    return text
