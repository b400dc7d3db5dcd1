"""Aliases: names that move from collection to collection."""

from engine import Engine
from qdrant_client import models
from starlette.requests import Request
from starlette.routing import Route
from work import Body, collection, route


def alias_routes(engine: Engine) -> list[Route]:
    """All of them, those of one collection, and changes, which happen together or not at all."""

    def every(request: Request, body: Body) -> models.CollectionsAliasesResponse:
        with engine.client() as client:
            return client.get_aliases()

    def of_one(request: Request, body: Body) -> models.CollectionsAliasesResponse:
        with engine.client() as client:
            return client.get_collection_aliases(collection(request))

    def change(request: Request, body: Body) -> bool:
        actions = models.ChangeAliasesOperation.model_validate(body).actions
        with engine.client() as client:
            return client.update_collection_aliases(actions)

    return [
        route("GET", "/aliases", every),
        route("POST", "/collections/aliases", change),
        route("GET", "/collections/{collection}/aliases", of_one),
    ]
