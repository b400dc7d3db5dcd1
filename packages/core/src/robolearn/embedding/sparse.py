"""BM25 term weights by fastembed, which stems by language and downloads nothing here."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

from fastembed.sparse.bm25 import Bm25
from fastembed.sparse.sparse_embedding_base import SparseEmbedding

from robolearn.domain.language import primary_language
from robolearn.embedding.stopping import words_to_skip
from robolearn.ports.embedding import SparseVector

# Words of a passage without stop words, on average over 3,398 passages of eight real courses (median 57).
AVERAGE_WORDS = 62.0

_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "fi": "finnish",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "es": "spanish",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_WORDS = re.compile(r"\w+")
# Words of a language whose stems are kept: courses have about 20 thousand.
_KNOWN = 100_000
# Thai; kana; Han.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")


class Bm25Encoder:
    """A SparseEncoder with the saturation of BM25 (k 1.2, b .75): Robertson and Zaragoza, 2009.

    A language without a stemmer is searched by its words as they stand, and writing without spaces (Chinese,
    Japanese, Thai) by pairs of characters. Safe to call from several threads.
    """

    def __init__(self) -> None:
        self._languages: dict[str, _Terms] = {}
        self._making = Lock()

    def encode(self, texts: Sequence[str], language: str) -> list[SparseVector]:
        """Weights f (k + 1) / (f + k (1 - b + b words / average)) of each stem, f being its count."""
        terms = self._terms(language)
        return [terms.weights(_paired(text)) for text in texts]

    def encode_query(self, text: str, language: str) -> SparseVector:
        """Weight 1 for each distinct stem; empty where only stop words were asked."""
        return _plain(next(iter(self._terms(language).model.query_embed(_paired(text)))))

    def _terms(self, language: str) -> "_Terms":
        code = primary_language(language)
        with self._making:
            if code not in self._languages:
                self._languages[code] = _Terms(_make(code))
        return self._languages[code]


class _Terms:
    """What fastembed makes of passages, but each word is stemmed and hashed once, which halves the time."""

    def __init__(self, model: Bm25) -> None:
        self.model = model
        self._id = lru_cache(maxsize=_KNOWN)(self._new_id)

    def weights(self, text: str) -> SparseVector:
        counts = Counter(one for word in _WORDS.findall(text.lower()) if (one := self._id(word)) is not None)
        model = self.model
        length = model.k * (1 - model.b + model.b * counts.total() / model.avg_len)
        values = (count * (model.k + 1) / (count + length) for count in counts.values())
        return SparseVector(tuple(counts), tuple(values))

    def _new_id(self, word: str) -> int | None:
        """The id of a word's stem; None for what is not searched."""
        model = self.model
        if word in model.punctuation or word in model.stopwords or len(word) > model.token_max_length:
            return None
        stem = model.stemmer.stem_word(word) if model.stemmer else word
        return model.compute_token_id(stem) if stem else None


def _make(language: str) -> Bm25:
    stemmer = _STEMMERS.get(language)
    return Bm25(
        "Qdrant/bm25",
        avg_len=AVERAGE_WORDS,
        language=stemmer or "english",
        disable_stemmer=stemmer is None,
        stopwords=set(words_to_skip(language)),
        specific_model_path=str(Path(__file__).parent),  # any folder that exists: no file of it is read
    )


def _paired(text: str) -> str:
    """The text with each run of unspaced writing as its overlapping pairs of characters."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return _UNSPACED.sub(lambda run: f" {_pairs(run[0])} ", clean)


def _pairs(run: str) -> str:
    return " ".join(run[place : place + 2] for place in range(len(run) - 1))


def _plain(found: SparseEmbedding) -> SparseVector:
    return SparseVector(tuple(found.indices.tolist()), tuple(map(float, found.values.tolist())))
