"""Numbers of the worker for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

from robolearn import __version__


class Metrics:
    """Each worker has its own registry, so that several fit into one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        Info("robolearn_worker_build", "The release of this worker", registry=self.registry).info(
            {"version": __version__}
        )
        self.passages = Counter(
            "robolearn_worker_passages",
            "Passages by what became of them: embedded, cached (embedded from the vector cache) or failed",
            ["outcome"],
            registry=self.registry,
        )
        self.calls = Counter(
            "robolearn_worker_provider_calls",
            "Calls of the embedding provider: served, throttled, rejected or unavailable",
            ["outcome"],
            registry=self.registry,
        )
        self.call_seconds = Histogram(
            "robolearn_worker_provider_call_seconds",
            "How long the embedding provider took for one call",
            registry=self.registry,
        )
        self.throttle_seconds = Counter(
            "robolearn_worker_throttle_wait_seconds",
            "Seconds that the embedding provider asked to wait",
            registry=self.registry,
        )
        self.removed = Counter(
            "robolearn_worker_points_removed", "Points removed from the index", registry=self.registry
        )
        self.last_progress = Gauge(
            "robolearn_worker_last_progress_timestamp_seconds",
            "When a sweep or a batch ended last, in seconds since 1970",
            registry=self.registry,
        )
