"""Points on their way into the index, while the next passages are being embedded."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self
from uuid import UUID

from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import ClaimedPassage
from robolearn.ports.embedding import SparseEncoder, SparseVector
from robolearn.ports.index import Point, VectorIndex
from robolearn.ports.ledger import Ledger
from robolearn_worker.leases import Leases
from robolearn_worker.vectorising import ByHash


class Writer:
    """Writes one batch at a time from a thread of its own; `submit` waits for the batch before.

    `written` counts passages that the index has acknowledged and the ledger has marked.
    """

    def __init__(
        self,
        profile: EmbeddingProfile,
        ledger: Ledger,
        index: VectorIndex,
        sparse: SparseEncoder,
        leases: Leases,
    ) -> None:
        self.written = 0
        self._profile = profile
        self._ledger = ledger
        self._index = index
        self._sparse = sparse
        self._leases = leases
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._running: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True)

    def submit(self, passages: Sequence[ClaimedPassage], vectors: ByHash) -> None:
        """Write the passages that have vectors. Raises what went wrong with the batch before."""
        self.flush()
        self._running = self._thread.submit(self._write, passages, vectors)

    def flush(self) -> bool:
        """Wait for the batch on its way, and raise what went wrong with it; whether there was one."""
        if self._running is None:
            return False
        running, self._running = self._running, None
        running.result()
        return True

    def _write(self, passages: Sequence[ClaimedPassage], vectors: ByHash) -> None:
        """Write what is still leased, and mark it once the index has acknowledged it."""
        ready = [passage for passage in passages if passage.text_hash in vectors]
        held = self._leases.confirm([passage.id for passage in ready])
        ready = [passage for passage in ready if passage.id in held]
        words = self._words(ready)
        points = [
            Point(passage.id, vectors[passage.text_hash], words[passage.id], passage.payload)
            for passage in ready
        ]
        self._index.upsert(self._profile, points)
        self.written += len(self._ledger.complete(self._profile, self._leases.owner, ready))
        self._leases.drop(passage.id for passage in passages)

    def _words(self, passages: Sequence[ClaimedPassage]) -> dict[UUID, SparseVector]:
        by_language: defaultdict[str, list[ClaimedPassage]] = defaultdict(list)
        for passage in passages:
            by_language[passage.payload.language].append(passage)
        words: dict[UUID, SparseVector] = {}
        for language, group in by_language.items():
            encoded = self._sparse.encode([passage.embedding_text for passage in group], language)
            words.update(zip((passage.id for passage in group), encoded, strict=True))
        return words
