"""How the index stands, asked from the database whenever Prometheus asks, whether sweeps run or not."""

from collections.abc import Callable, Iterator
from threading import Lock
from time import monotonic

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from robolearn.domain.errors import RobolearnError
from robolearn.domain.work import IndexCounts
from robolearn.observability import get_logger

log = get_logger(__name__)

# Several scrapers, or an impatient one, cost one query.
_KEEP_SECONDS = 5.0


class Standing(Collector):
    """Pending, failed and oldest pending passages; no series at all while the database is away.

    A number that is missing is an alert of its own, a stale one would look like calm.
    """

    def __init__(
        self,
        count: Callable[[], IndexCounts],
        *,
        keep_seconds: float = _KEEP_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._count = count
        self._keep_seconds = keep_seconds
        self._clock = clock
        self._lock = Lock()
        self._counts: IndexCounts | None = None
        self._asked_at = float("-inf")
        self._away = False

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """The names, without asking the database."""
        return iter(_families(0, 0, 0.0))

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The numbers of now, or of a few seconds ago."""
        with self._lock:
            if self._clock() - self._asked_at >= self._keep_seconds:
                self._counts = self._asked()
                self._asked_at = self._clock()
            counts = self._counts
        if counts is not None:
            yield from _families(counts.pending, counts.failed, counts.oldest_pending_seconds or 0.0)

    def _asked(self) -> IndexCounts | None:
        try:
            counts = self._count()
        except RobolearnError as error:
            if not self._away:
                log.warning("metrics.not_counted", reason=str(error))
            self._away = True
            return None
        self._away = False
        return counts


def _families(pending: int, failed: int, oldest: float) -> list[GaugeMetricFamily]:
    return [
        GaugeMetricFamily(
            "robolearn_worker_pending_passages", "Passages that wait to be embedded", value=pending
        ),
        GaugeMetricFamily(
            "robolearn_worker_failed_passages",
            "Passages that cannot be embedded; `replay` tries them again",
            value=failed,
        ),
        GaugeMetricFamily(
            "robolearn_worker_oldest_pending_seconds",
            "How long the oldest pending passage has waited; 0 if none waits",
            value=oldest,
        ),
    ]
