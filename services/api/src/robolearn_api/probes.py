"""What operators and orchestrators ask. Reasons name no host and no account: the log does."""

from importlib.metadata import version

from fastapi import APIRouter, Request, Response

from robolearn.domain.errors import DatabaseUnavailable, SchemaMismatch
from robolearn.observability import get_logger
from robolearn_api.adapters import Adapters
from robolearn_api.dependencies import AdaptersDep, SettingsDep, VectorsDep
from robolearn_api.models.state import Dependency, Health, Probe, Version
from robolearn_api.replies import fresh
from robolearn_api.search.guard import Away
from robolearn_api.search.vectors import VectorSide

router = APIRouter(tags=["operations"])
log = get_logger(__name__)

VERSION = version("robolearn-api")


@router.get("/livez", response_model=Probe)
async def read_liveness() -> Response:
    """Whether this process answers; asks nobody else."""
    return fresh(Probe(status="ok"))


@router.get(
    "/readyz", response_model=Probe, responses={503: {"model": Probe, "description": "Cannot serve."}}
)
def read_readiness(adapters: AdaptersDep) -> Response:
    """Whether requests can be served: the database answers, at the right revision."""
    reason = _database_fault(adapters)
    return fresh(Probe(status="down", reason=reason), 503) if reason else fresh(Probe(status="ok"))


@router.get("/health", response_model=Health, responses={503: {"model": Health, "description": "Down."}})
def read_health(adapters: AdaptersDep, vectors: VectorsDep) -> Response:
    """Each dependency's state; 503 only if the database is down, for search works without the others."""
    fault = _database_fault(adapters)
    states = {
        "database": Dependency(state="down" if fault else "ok", reason=fault),
        "index": _index(vectors),
        "embedding": _embedding(vectors),
    }
    if fault:
        return fresh(Health(status="down", dependencies=states), 503)
    fine = all(one.state == "ok" for one in states.values())
    return fresh(Health(status="ok" if fine else "degraded", dependencies=states))


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def read_metrics(request: Request) -> Response:
    """Numbers for Prometheus."""
    return Response(request.app.state.metrics.page(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/version", response_model=Version)
async def read_version(settings: SettingsDep) -> Response:
    """What runs."""
    return fresh(Version(name="robolearn-api", version=VERSION, revision=settings.api.revision))


def _database_fault(adapters: Adapters) -> str | None:
    try:
        adapters.check_database()
    except SchemaMismatch as error:
        return str(error)
    except DatabaseUnavailable as error:
        log.warning("database.away", reason=str(error))
        return "PostgreSQL does not answer."
    return None


def _index(vectors: VectorSide) -> Dependency:
    try:
        alias = vectors.ask_index(lambda index: index.promoted())
    except Away as away:
        return Dependency(state="down", reason=str(away))
    if alias is None:
        return Dependency(state="degraded", reason="No index is built yet.")
    return Dependency(state="ok")


def _embedding(vectors: VectorSide) -> Dependency:
    """Told from the last question: asking the provider now would cost money."""
    if vectors.embedding.failing:
        return Dependency(state="down", reason="The last question got no vector.")
    return Dependency(state="ok")
