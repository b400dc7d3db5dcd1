"""From a request to the engine, in a thread, and back."""

from collections.abc import Awaitable, Callable
from typing import Any

from answers import ok
from qdrant_client import models
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Body = dict[str, Any]
Work = Callable[[Request, Body], Any]


def route(method: str, path: str, work: Work) -> Route:
    """Answer `path` with what `work` makes of the request and its JSON body."""

    async def endpoint(request: Request) -> Response:
        body = await request.json() if await request.body() else {}
        return ok(await run_in_threadpool(work, request, body))

    named: Callable[[Request], Awaitable[Response]] = endpoint
    return Route(path, named, methods=[method])


def collection(request: Request) -> str:
    """The collection that the path names."""
    return request.path_params["collection"]


def written(request: Request) -> models.UpdateResult:
    """Everything is applied at once; who does not wait is told no more than that it was taken."""
    waits = request.query_params.get("wait", "false") == "true"
    status = models.UpdateStatus.COMPLETED if waits else models.UpdateStatus.ACKNOWLEDGED
    return models.UpdateResult(operation_id=0, status=status)
