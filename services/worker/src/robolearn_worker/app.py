"""The Celery application. Messages are hints: they wake a worker, which finds its work by a query."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from celery import Celery

from robolearn.domain.errors import SettingsError
from robolearn_worker.indexing import Indexing
from robolearn_worker.patience import LONGEST_WAIT
from robolearn_worker.settings import IndexingSettings, WorkerSettings
from robolearn_worker.tasks import EMBED, RECONCILE, REMOVE, add_tasks

QUEUE = "indexing"
IN_MEMORY = "memory://localhost/"

# Above what a sweep takes after its time is up: its last batch, with a provider that is slow to answer.
_MARGIN_SECONDS = 900.0

# How often the in-memory broker is asked; Redis tells by itself.
_POLLING_SECONDS = 0.1


def create_celery(settings: WorkerSettings, indexing: Indexing, *, broker: str | None = None) -> Celery:
    """Tasks and schedule over `indexing`. Opens nothing yet.

    The broker is Redis by the settings; the all-in-one process asks for `IN_MEMORY` instead.
    Raises SettingsError for a broker of another kind.
    """
    app = Celery("robolearn", broker=broker or _redis(settings), set_as_current=False)
    app.conf.update(_configuration(settings.worker))
    add_tasks(app, indexing)
    return app


def visibility_seconds(settings: IndexingSettings) -> int:
    """After how long Redis gives an unacknowledged message to another worker.

    Longer than the longest task and the longest countdown, or both would run twice.
    """
    return int(settings.sweep_limit_seconds + settings.lease_seconds + LONGEST_WAIT + _MARGIN_SECONDS)


def _redis(settings: WorkerSettings) -> str:
    url = settings.redis.url.get_secret_value()
    if not _usable(url):
        raise SettingsError("REDIS_URL is not a Redis address.", "Set it like redis://127.0.0.1:6379/0.")
    return url


def _usable(url: str) -> bool:
    """Whether the client can read the address at all: it would tell by a traceback, once the worker runs."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - asking is what checks it
    except ValueError:
        return False
    if parts.scheme in ("redis", "rediss"):
        return parts.path.strip("/").isdecimal() or not parts.path.strip("/")
    return parts.scheme in ("redis+socket", "sentinel")


def _configuration(settings: IndexingSettings) -> dict[str, Any]:
    return {
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        "task_default_queue": QUEUE,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_concurrency": settings.concurrency,
        # Threads share one embedding model, and the local vector engine allows one process only.
        "worker_pool": "threads",
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # an outage may last longer than any number of tries
        "broker_transport_options": {
            "visibility_timeout": visibility_seconds(settings),
            "polling_interval": _POLLING_SECONDS,
        },
        # In memory: all it would keep is when the last hint was sent.
        "beat_scheduler": "celery.beat:Scheduler",
        "beat_schedule": _schedule(settings),
        "timezone": "UTC",
    }


def _schedule(settings: IndexingSettings) -> dict[str, Any]:
    every = {
        EMBED: settings.embed_every_seconds,
        REMOVE: settings.remove_every_seconds,
        RECONCILE: settings.reconcile_every_seconds,
    }
    return {
        name: {
            "task": name,
            "schedule": timedelta(seconds=seconds),
            # A hint that no worker took before the next one came is dropped: hints never pile up.
            "options": {"expires": seconds},
        }
        for name, seconds in every.items()
    }
