"""The embedding provider and the vector index, each behind its guard."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

from robolearn.domain.search import ScoredPassage, SearchMode
from robolearn.ports.embedding import Vectors
from robolearn.ports.index import VectorIndex
from robolearn_api.adapters import Adapters
from robolearn_api.search.guard import Guard
from robolearn_api.search.question import Question
from robolearn_api.settings import ServeSettings

T = TypeVar("T")

# Hydrated passages may have been deleted since they were indexed: ask for a few more.
SPARE = 5
THREADS = 16


class VectorSide:
    """Search by meaning. The vectors of the last questions are kept: people search as they type."""

    def __init__(self, adapters: Adapters, settings: ServeSettings) -> None:
        self._adapters = adapters
        self._threads = {
            name: ThreadPoolExecutor(THREADS, thread_name_prefix=name) for name in ("embedding", "index")
        }
        self.embedding = self._guard("embedding provider", "embedding", settings)
        self.index = self._guard("vector index", "index", settings)
        self._embed: Callable[[str], Vectors] = lru_cache(maxsize=512)(adapters.embedder.embed_query)

    def _guard(self, name: str, threads: str, settings: ServeSettings) -> Guard:
        return Guard(
            name,
            self._threads[threads],
            timeout=settings.search_timeout_seconds,
            pause=settings.search_pause_seconds,
        )

    def close(self) -> None:
        """Take no more calls; those under way end by themselves."""
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)

    def ask_index(self, question: Callable[[VectorIndex], T]) -> T:
        """Ask the index, under its guard. Raises Away."""
        return self.index.call(lambda: question(self._adapters.index))

    def by_meaning(self, question: Question, language: str) -> list[ScoredPassage]:
        """By meaning, and by words too if the mode is hybrid. Raises Away."""
        dense = self.embedding.call(lambda: self._embed(question.text))
        hybrid = question.mode is SearchMode.HYBRID
        sparse = self._adapters.sparse.encode_query(question.text, language) if hybrid else None
        return self.ask_index(
            lambda index: index.search(
                self._adapters.embedder.profile,
                dense=dense,
                sparse=sparse if sparse and sparse.indices else None,
                filters=question.filters,
                limit=question.limit + SPARE,
            )
        )

    def by_words(self, question: Question, language: str, depth: int) -> list[ScoredPassage]:
        """By the words alone, with BM25. Raises Away."""
        sparse = self._adapters.sparse.encode_query(question.text, language)
        if not sparse.indices:
            return []
        return self.ask_index(
            lambda index: index.search(
                self._adapters.embedder.profile,
                dense=None,
                sparse=sparse,
                filters=question.filters,
                limit=depth,
            )
        )
