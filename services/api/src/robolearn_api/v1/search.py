"""Search."""

from time import perf_counter
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from robolearn_api.dependencies import SearcherDep
from robolearn_api.models.search import SearchAnswer
from robolearn_api.openapi import problems
from robolearn_api.replies import fresh
from robolearn_api.v1.search_query import SearchQuery

router = APIRouter(prefix="/api/v1", tags=["search"])


@router.get("/search", response_model=SearchAnswer, responses=problems(422, 503))
def search(request: Request, searcher: SearcherDep, query: Annotated[SearchQuery, Query()]) -> Response:
    """Passages that answer the question, best first.

    `hybrid` fuses meaning and words, `semantic` asks meaning alone; both give their best and do not page.
    `lexical` asks words alone, and pages. While the index or the embedding provider is away, the database
    answers by words, and `degraded` says why.
    """
    started = perf_counter()
    result = searcher.search(query.question())
    request.app.state.metrics.searched(result.mode, result.degraded is not None)
    return fresh(SearchAnswer.from_domain(result, (perf_counter() - started) * 1000))
