"""Vectors for passages: paid for once, whatever happens later."""

import time
from collections.abc import Mapping, Sequence
from threading import Event

from robolearn.domain.errors import EmbeddingRejected, EmbeddingThrottled, EmbeddingUnavailable
from robolearn.domain.work import ClaimedPassage
from robolearn.observability import get_logger
from robolearn.ports.embedding import Embedder, Vectors
from robolearn.ports.ledger import Ledger
from robolearn_worker.batches import portions
from robolearn_worker.heartbeat import Heartbeat
from robolearn_worker.metrics import Metrics
from robolearn_worker.patience import Patience
from robolearn_worker.stopping import Grace

log = get_logger(__name__)

ByHash = dict[bytes, Vectors]


class Vectoriser:
    """Looks into the cache, asks the provider for the rest, and remembers each answer at once."""

    def __init__(
        self,
        ledger: Ledger,
        embedder: Embedder,
        *,
        patience: Patience,
        patience_seconds: float,
        stop: Event,
        heartbeat: Heartbeat,
        metrics: Metrics,
    ) -> None:
        self._ledger = ledger
        self._embedder = embedder
        self._patience = patience
        self._patience_seconds = patience_seconds
        self._stop = stop
        self._grace = Grace(stop)
        self._heartbeat = heartbeat
        self._metrics = metrics

    def vectors(self, passages: Sequence[ClaimedPassage]) -> tuple[ByHash, dict[bytes, str]]:
        """Vectors by text hash, and reasons by text hash where the provider refuses the text.

        Raises EmbeddingThrottled for a wait that is too long to sit out, EmbeddingUnavailable, and Stopped.
        """
        texts = {passage.text_hash: passage for passage in passages}
        found = dict(self._ledger.cached(self._embedder.profile, texts))
        missing = [passage for text_hash, passage in texts.items() if text_hash not in found]
        refused: dict[bytes, str] = {}
        for portion in portions(missing, self._embedder.limits, self._embedder.count_tokens):
            self._grace.check()
            found.update(self._paid(portion, refused))
        self._metrics.passages.labels("cached").inc(len(texts) - len(missing))
        return found, refused

    def _paid(self, portion: Sequence[ClaimedPassage], refused: dict[bytes, str]) -> Mapping[bytes, Vectors]:
        """Halve a refused portion until the bad text is alone."""
        try:
            vectors = self._served([passage.embedding_text for passage in portion])
        except EmbeddingRejected as error:
            if len(portion) == 1:
                refused[portion[0].text_hash] = str(error)
                return {}
            half = len(portion) // 2
            return {**self._paid(portion[:half], refused), **self._paid(portion[half:], refused)}
        answers = {passage.text_hash: vector for passage, vector in zip(portion, vectors, strict=True)}
        self._ledger.remember(self._embedder.profile, answers)
        return answers

    def _served(self, texts: Sequence[str]) -> Vectors:
        while True:
            try:
                return self._call(texts)
            except EmbeddingThrottled as error:
                wait = self._patience.refused(error.retry_after)
                self._metrics.throttle_seconds.inc(wait)
                self._heartbeat.waiting(str(error), wait)
                log.warning("provider.throttled", wait_seconds=round(wait, 1), reason=str(error))
                if wait > self._patience_seconds or self._stop.wait(wait):
                    raise

    def _call(self, texts: Sequence[str]) -> Vectors:
        started = time.perf_counter()
        try:
            vectors = self._grace.wait_for(lambda: self._embedder.embed(texts))
        except (EmbeddingUnavailable, EmbeddingRejected) as error:
            self._metrics.calls.labels(_OUTCOMES.get(type(error), "unavailable")).inc()
            raise
        self._metrics.calls.labels("served").inc()
        self._metrics.call_seconds.observe(time.perf_counter() - started)
        self._patience.served()
        return vectors


_OUTCOMES = {EmbeddingThrottled: "throttled", EmbeddingRejected: "rejected"}
