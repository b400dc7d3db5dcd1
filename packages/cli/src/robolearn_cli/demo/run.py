"""Start everything, in the order in which the parts need each other, and stop it in the opposite order."""

import os
import signal
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from types import FrameType

from robolearn.domain.errors import RobolearnError, SettingsError
from robolearn.embedding.model import prepare
from robolearn.settings import LogSettings, load
from robolearn_api.adapters import Adapters as ApiAdapters
from robolearn_api.connect import connect
from robolearn_api.listening import listen
from robolearn_api.serving import BackgroundServer
from robolearn_api.settings import ApiSettings, ServeSettings
from robolearn_cli.demo.logs import log_to
from robolearn_cli.demo.showing import show_address, show_indexing, step
from robolearn_cli.model import ModelSettings
from robolearn_cli.postgres import EmbeddedPostgres
from robolearn_ingest.cli import run_ingest
from robolearn_ingest.migrations import migrate
from robolearn_ingest.settings import IngestSettings
from robolearn_ingest.showing import show_report
from robolearn_worker.adapters import Adapters as WorkerAdapters
from robolearn_worker.embedded import EmbeddedWorker
from robolearn_worker.settings import WorkerSettings

# Worker and api share one pool here.
POOL_SIZE = "10"
# Small enough for a person to see it move.
BATCH_SIZE = "32"
# After a kill, what the dead worker held comes back before `show_indexing` gives up waiting.
LEASE_SECONDS = "20"


def run_demo(data: Path, curriculum: str, port: int) -> None:
    """Run until interrupted, then stop everything. Raises RobolearnError where something cannot start.

    What others depend on starts first: the listener (a port in use is told before any work is done), the
    model, PostgreSQL, the schema, the courses, the worker, the api. The address is printed once all
    passages are embedded.
    """
    data = data.absolute()
    data.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, _interrupt)
    with ExitStack() as stack:
        listener = stack.enter_context(_listener(port))
        log_to(data / "robolearn.log", LogSettings())
        _settle(data, port)
        _prepare_model()
        step("Starting PostgreSQL.")
        postgres = EmbeddedPostgres(data / "postgres")
        stack.callback(postgres.stop)
        os.environ["DATABASE_URL"] = postgres.start()
        _load_courses(curriculum)
        settings = load(ApiSettings)
        adapters = connect(settings)
        stack.callback(adapters.close)
        worker = EmbeddedWorker(load(WorkerSettings), _for_worker(adapters))
        stack.callback(worker.stop)
        worker.start()
        server = BackgroundServer(settings, adapters, listener)
        stack.callback(server.stop)
        server.start()
        stack.callback(_uninterrupted)
        show_indexing(adapters.ledger, adapters.embedder.profile)
        show_address(port)
        _wait()
        step("Stopping.")


def _listener(port: int) -> socket.socket:
    try:
        return listen(ServeSettings(port=port))
    except SettingsError as error:
        advice = f"Stop what listens there, or choose another port: make demo PORT={port + 1}."
        raise RobolearnError(error.reason, advice) from None


def _settle(data: Path, port: int) -> None:
    """The same settings as everywhere, through the environment; what the user has set there stays."""
    os.environ["API_PORT"] = str(port)
    os.environ.setdefault("EMBEDDING_MODEL_DIR", str(data / "models" / "minilm"))
    os.environ.setdefault("WORKER_HEARTBEAT_FILE", str(data / "worker.heartbeat.json"))
    os.environ.setdefault("DATABASE_POOL_SIZE", POOL_SIZE)
    os.environ.setdefault("WORKER_BATCH_SIZE", BATCH_SIZE)
    os.environ.setdefault("WORKER_LEASE_SECONDS", LEASE_SECONDS)
    if not os.environ.get("QDRANT_URL"):
        os.environ.setdefault("QDRANT_PATH", str(data / "qdrant"))


def _prepare_model() -> None:
    embedding = load(ModelSettings).embedding
    if embedding.provider == "local":
        prepare(embedding.model_dir, progress=step)


def _for_worker(adapters: ApiAdapters) -> WorkerAdapters:
    """The worker shares what the api uses: the client's engine allows one user of its folder."""
    return WorkerAdapters(adapters.ledger, adapters.index, adapters.embedder, adapters.sparse)


def _load_courses(curriculum: str) -> None:
    migrate(os.environ["DATABASE_URL"])
    step(f"Loading the courses of {curriculum}.")
    show_report(run_ingest(load(IngestSettings), curriculum))


def _wait() -> None:
    # Not signal.pause(): a signal that comes just before it would be waited for again.
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(0.5)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _uninterrupted() -> None:
    """First of all when stopping: a second Ctrl-C must not leave half of it running."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
