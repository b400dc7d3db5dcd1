"""The sweep that embeds whatever the index lacks."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from uuid import uuid4

from robolearn.domain.errors import EmbeddingThrottled, EmbeddingUnavailable
from robolearn.domain.work import ClaimedPassage, IndexCounts
from robolearn.observability import get_logger
from robolearn_worker.adapters import Adapters
from robolearn_worker.heartbeat import Heartbeat
from robolearn_worker.leases import Leases
from robolearn_worker.metrics import Metrics
from robolearn_worker.patience import Patience
from robolearn_worker.settings import IndexingSettings
from robolearn_worker.stopping import Stopped
from robolearn_worker.vectorising import Vectoriser
from robolearn_worker.writing import Writer

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Embedded:
    """What one sweep did. `resume_in` is in seconds, None where the next regular sweep will do."""

    passages: int = 0
    failed: int = 0
    resume_in: float | None = None


class EmbedSweep:
    """Claims passages batch by batch until none is left, the time is up or the process is to stop."""

    def __init__(
        self,
        adapters: Adapters,
        settings: IndexingSettings,
        *,
        patience: Patience,
        stop: Event,
        heartbeat: Heartbeat,
        metrics: Metrics,
    ) -> None:
        self._adapters = adapters
        self._settings = settings
        self._profile = adapters.embedder.profile
        self._patience = patience
        self._stop = stop
        self._heartbeat = heartbeat
        self._metrics = metrics
        self._term = timedelta(seconds=settings.lease_seconds)
        self._vectoriser = Vectoriser(
            adapters.ledger,
            adapters.embedder,
            patience=patience,
            patience_seconds=settings.patience_seconds,
            stop=stop,
            heartbeat=heartbeat,
            metrics=metrics,
        )

    def run(self) -> Embedded:
        """Embed. Raises DatabaseUnavailable and IndexUnavailable, with all leases given back."""
        if self._patience.remaining() > 0:
            return Embedded()
        self._prepare()
        deadline = time.monotonic() + self._settings.sweep_limit_seconds
        run = _Run()
        try:
            self._work(run, deadline)
        except Stopped:
            log.info("sweep.stopped", passages=run.passages)
        except EmbeddingThrottled as error:
            run.resume_in = self._patience.remaining()
            self._heartbeat.waiting(str(error), run.resume_in)
        except EmbeddingUnavailable as error:
            wait = self._patience.refused()
            self._heartbeat.waiting(str(error), wait)
            log.warning("provider.unavailable", wait_seconds=round(wait, 1), reason=str(error))
        else:
            self._finish(run)
        return Embedded(run.passages, run.failed, run.resume_in)

    def _prepare(self) -> None:
        self._adapters.ledger.register(self._profile)
        self._adapters.index.ensure(self._profile)
        self._adapters.ledger.enrol(self._profile)

    def _work(self, run: "_Run", deadline: float) -> None:
        ledger, owner = self._adapters.ledger, f"worker-{uuid4()}"
        with ExitStack() as stack:
            leases = stack.enter_context(Leases(ledger, self._profile, owner, self._term))
            writer = Writer(self._profile, ledger, self._adapters.index, self._adapters.sparse, leases)
            stack.callback(lambda: self._count(run, writer))
            stack.enter_context(writer)
            while not self._stop.is_set():
                if time.monotonic() > deadline:
                    run.resume_in = 0.0
                    break
                claimed = ledger.claim(self._profile, owner, self._settings.batch_size, self._term)
                if claimed:
                    self._batch(run, leases, writer, claimed)
                elif not writer.flush():  # what changed while the last batch was written is pending again
                    break
            writer.flush()

    def _batch(self, run: "_Run", leases: Leases, writer: Writer, claimed: Sequence[ClaimedPassage]) -> None:
        leases.hold(passage.id for passage in claimed)
        vectors, refused = self._vectoriser.vectors(claimed)
        writer.submit(claimed, vectors)
        self._heartbeat.batch()
        self._metrics.last_progress.set_to_current_time()
        for passage in claimed:
            if reason := refused.get(passage.text_hash):
                self._adapters.ledger.fail(self._profile, leases.owner, passage.id, reason)
                log.warning("passage.failed", passage_id=str(passage.id), reason=reason)
                run.failed += 1
        leases.drop(passage.id for passage in claimed if passage.text_hash in refused)

    def _count(self, run: "_Run", writer: Writer) -> None:
        run.passages = writer.written
        self._metrics.passages.labels("embedded").inc(run.passages)
        self._metrics.passages.labels("failed").inc(run.failed)

    def _finish(self, run: "_Run") -> None:
        counts = self._adapters.ledger.counts(self._profile)
        self._promote(counts)
        self._heartbeat.sweep(counts.pending)
        self._metrics.last_progress.set_to_current_time()
        if run.passages or run.failed:
            log.info(
                "sweep.embedded", passages=run.passages, failed=run.failed, pending=counts.pending,
                total=counts.passages,
            )  # fmt: skip

    def _promote(self, counts: IndexCounts) -> None:
        """Invariant 7: the first profile is promoted at once, another when it covers every passage."""
        index = self._adapters.index
        promoted = index.promoted()
        if promoted == self._profile.collection:
            return
        if promoted is None or counts.embedded == counts.passages:
            index.promote(self._profile)
            log.info("index.promoted", collection=self._profile.collection, before=promoted)


@dataclass(slots=True)
class _Run:
    """The tally of one sweep."""

    passages: int = 0
    failed: int = 0
    resume_in: float | None = None
