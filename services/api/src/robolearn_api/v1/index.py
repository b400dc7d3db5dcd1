"""The state of the index."""

from fastapi import APIRouter, Response

from robolearn_api.dependencies import AdaptersDep, VectorsDep
from robolearn_api.models.index import IndexStatus
from robolearn_api.openapi import problems
from robolearn_api.replies import fresh
from robolearn_api.search.coverage import coverage

router = APIRouter(prefix="/api/v1", tags=["index"])


@router.get("/index/status", response_model=IndexStatus, responses=problems(503))
def read_index_status(adapters: AdaptersDep, vectors: VectorsDep) -> Response:
    """Counts of the database and of the index, which agree when nothing is under way."""
    return fresh(coverage(adapters, vectors))
