"""Numbers of the backups for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

from robolearn.domain.errors import SettingsError
from robolearn_worker.backup.settings import BackupSettings


class BackupMetrics:
    """The newest whole backup, and what failed since this process runs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.last_success = Gauge(
            "robolearn_backup_last_success_timestamp_seconds",
            "When the newest whole backup was taken, in seconds since 1970; 0 if there is none",
            registry=self.registry,
        )
        self.last_size = Gauge(
            "robolearn_backup_last_size_bytes", "Size of the newest whole backup", registry=self.registry
        )
        self.failures = Counter(
            "robolearn_backup_failures", "Backups that could not be taken", registry=self.registry
        )

    def serve(self, settings: BackupSettings) -> None:
        """Serve them, if the settings name a port. Raises SettingsError where it cannot be had."""
        if settings.metrics_port is None:
            return
        try:
            start_http_server(settings.metrics_port, settings.metrics_host, self.registry)
        except OSError as error:
            raise SettingsError(
                f"Metrics cannot be served at BACKUP_METRICS_HOST and BACKUP_METRICS_PORT "
                f"({settings.metrics_host}:{settings.metrics_port}): {error.strerror}.",
                "Choose another port, or leave BACKUP_METRICS_PORT unset.",
            ) from error
