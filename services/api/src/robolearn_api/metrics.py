"""Numbers for Prometheus. Each app has its own registry, so that several can live in one process.

Processes that serve one port add theirs up in a folder, so that each tells the numbers of all.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector

# The library's own variable, which it reads when it is imported.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """What the api counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.in_flight = Gauge(
            "robolearn_http_requests_in_flight",
            "Requests being answered.",
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        self._requests = Counter(
            "robolearn_http_requests",
            "Requests answered, by route template.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "robolearn_http_request_seconds",
            "Time from request to last byte of the answer.",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._searches = Counter(
            "robolearn_searches",
            "Searches answered, by mode; degraded ones by words alone.",
            ["mode", "degraded"],
            registry=self.registry,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request. Methods are bounded, so that a client cannot grow the series."""
        method = method if method in _METHODS else "OTHER"
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(seconds)

    def searched(self, mode: str, degraded: bool) -> None:
        """Count one search."""
        self._searches.labels(mode, str(degraded).lower()).inc()

    def page(self) -> bytes:
        """All numbers in Prometheus's text format; of several processes without those of a single one."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
