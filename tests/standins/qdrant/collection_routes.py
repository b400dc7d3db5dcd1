"""Collections and their payload indexes."""

from typing import Any

from engine import Engine
from qdrant_client import models
from starlette.requests import Request
from starlette.routing import Route
from work import Body, collection, route, written

# What a single engine cannot do, but is asked for and must be told again.
_KEPT = ("shard_number", "replication_factor", "write_consistency_factor")


def collection_routes(engine: Engine) -> list[Route]:
    """Create, look at, list and delete."""

    def every(request: Request, body: Body) -> models.CollectionsResponse:
        with engine.client() as client:
            return client.get_collections()

    def exists(request: Request, body: Body) -> dict[str, bool]:
        with engine.client() as client:
            return {"exists": client.collection_exists(collection(request))}

    def create(request: Request, body: Body) -> bool:
        engine.create(collection(request), body)
        return True

    def delete(request: Request, body: Body) -> bool:
        return engine.delete(collection(request))

    def info(request: Request, body: Body) -> dict[str, Any]:
        return _told(engine, collection(request))

    def index(request: Request, body: Body) -> models.UpdateResult:
        asked = models.CreateFieldIndex.model_validate(body)
        schema = asked.field_schema
        kind = getattr(schema, "type", schema)
        engine.index(collection(request), asked.field_name, str(getattr(kind, "value", kind)))
        return written(request)

    def unindex(request: Request, body: Body) -> models.UpdateResult:
        engine.index(collection(request), request.path_params["field"], None)
        return written(request)

    return [
        route("GET", "/collections", every),
        route("GET", "/collections/{collection}/exists", exists),
        route("PUT", "/collections/{collection}/index", index),
        route("DELETE", "/collections/{collection}/index/{field}", unindex),
        route("GET", "/collections/{collection}", info),
        route("PUT", "/collections/{collection}", create),
        route("DELETE", "/collections/{collection}", delete),
    ]


def _told(engine: Engine, name: str) -> dict[str, Any]:
    with engine.client() as client:
        info = client.get_collection(name).model_dump(mode="json")
    asked = engine.params(name)
    info["config"]["params"] |= {"shard_number": 1, "replication_factor": 1, "write_consistency_factor": 1}
    info["config"]["params"] |= {key: asked[key] for key in _KEPT if asked.get(key)}
    info["payload_schema"] = {
        field: {"data_type": kind, "points": info["points_count"]}
        for field, kind in engine.indexes(name).items()
    }
    return info
