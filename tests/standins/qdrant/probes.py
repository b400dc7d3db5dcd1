"""Whether the server lives, what it is, and its figures."""

from figures import Figures
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

VERSION = "1.20.0"


def probe_routes(figures: Figures) -> list[Route]:
    """The paths that answer without a key, and /metrics."""

    async def root(request: Request) -> Response:
        title = "qdrant - vector search engine (stand-in for tests)"
        return JSONResponse({"title": title, "version": VERSION})

    async def healthy(request: Request) -> Response:
        return PlainTextResponse("healthz check passed")

    async def ready(request: Request) -> Response:
        return PlainTextResponse("all shards are ready")

    def metrics(request: Request) -> Response:
        return PlainTextResponse(figures.told(VERSION))

    return [
        Route("/", root),
        Route("/healthz", healthy),
        Route("/livez", healthy),
        Route("/readyz", ready),
        Route("/metrics", metrics),
    ]
