"""What operators and orchestrators ask."""

from importlib.metadata import version

from fastapi import APIRouter, Request, Response

from robolearn.domain.errors import RobolearnError
from robolearn_api.dependencies import AdaptersDep, SettingsDep
from robolearn_api.models.state import Dependency, Health, Probe, Version
from robolearn_api.replies import fresh
from robolearn_api.search.guard import Away

router = APIRouter(tags=["operations"])

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
    try:
        adapters.check_database()
    except RobolearnError as error:
        return fresh(Probe(status="down", reason=error.reason), 503)
    return fresh(Probe(status="ok"))


@router.get("/health", response_model=Health, responses={503: {"model": Health, "description": "Down."}})
def read_health(request: Request, adapters: AdaptersDep) -> Response:
    """Each dependency's state; 503 only if the database is down, for search works without the others."""
    database = _database(adapters)
    index = _index(request)
    embedding = request.app.state.vectors.embedding.reason
    states = {
        "database": database,
        "index": index,
        "embedding": Dependency(state="degraded", reason=embedding) if embedding else Dependency(state="ok"),
    }
    if database.state == "down":
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


def _database(adapters: AdaptersDep) -> Dependency:
    try:
        adapters.check_database()
    except RobolearnError as error:
        return Dependency(state="down", reason=error.reason)
    return Dependency(state="ok")


def _index(request: Request) -> Dependency:
    try:
        alias = request.app.state.vectors.ask_index(lambda index: index.promoted())
    except Away as away:
        return Dependency(state="down", reason=str(away))
    if alias is None:
        return Dependency(state="degraded", reason="No index is built yet.")
    return Dependency(state="ok")
