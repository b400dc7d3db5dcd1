"""Points: writing, reading and searching them."""

from typing import Any

from engine import Engine
from pydantic import TypeAdapter
from qdrant_client import models
from starlette.requests import Request
from starlette.routing import Route
from work import Body, collection, route, written

_INSERT: TypeAdapter[models.PointsBatch | models.PointsList] = TypeAdapter(models.PointInsertOperations)
_SELECTOR: TypeAdapter[Any] = TypeAdapter(models.PointsSelector)


def point_routes(engine: Engine) -> list[Route]:
    """Every operation on the points of one collection."""

    def upsert(request: Request, body: Body) -> models.UpdateResult:
        asked = _INSERT.validate_python(body)
        points = asked.points if isinstance(asked, models.PointsList) else asked.batch
        with engine.client() as client:
            client.upsert(collection(request), points)
        return written(request)

    def delete(request: Request, body: Body) -> models.UpdateResult:
        with engine.client() as client:
            client.delete(collection(request), _SELECTOR.validate_python(body))
        return written(request)

    def retrieve(request: Request, body: Body) -> list[models.Record]:
        asked = models.PointRequest.model_validate(body)
        with engine.client() as client:
            return client.retrieve(
                collection(request), asked.ids, _or(asked.with_payload, True), _or(asked.with_vector, False)
            )

    def count(request: Request, body: Body) -> models.CountResult:
        asked = models.CountRequest.model_validate(body)
        with engine.client() as client:
            return client.count(collection(request), asked.filter, exact=True)

    def scroll(request: Request, body: Body) -> dict[str, Any]:
        asked = models.ScrollRequest.model_validate(body)
        with engine.client() as client:
            points, offset = client.scroll(
                collection(request),
                asked.filter,
                _or(asked.limit, 10),
                offset=asked.offset,
                with_payload=_or(asked.with_payload, True),
                with_vectors=_or(asked.with_vector, False),
            )
        return {"points": points, "next_page_offset": offset}

    def query(request: Request, body: Body) -> models.QueryResponse:
        return _queried(engine, collection(request), [models.QueryRequest.model_validate(body)])[0]

    def query_batch(request: Request, body: Body) -> list[models.QueryResponse]:
        asked = models.QueryRequestBatch.model_validate(body).searches
        return _queried(engine, collection(request), asked)

    points = "/collections/{collection}/points"
    return [
        route("PUT", points, upsert),
        route("POST", points, retrieve),
        route("POST", f"{points}/delete", delete),
        route("POST", f"{points}/count", count),
        route("POST", f"{points}/scroll", scroll),
        route("POST", f"{points}/query", query),
        route("POST", f"{points}/query/batch", query_batch),
    ]


def _or(given: Any, default: Any) -> Any:
    return default if given is None else given


def _queried(engine: Engine, name: str, asked: list[models.QueryRequest]) -> list[models.QueryResponse]:
    with engine.client() as client:
        return client.query_batch_points(name, asked)
