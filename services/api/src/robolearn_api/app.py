"""The application: one factory, one lifespan."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from robolearn_api import openapi, probes
from robolearn_api.adapters import Adapters
from robolearn_api.connect import connect
from robolearn_api.envelope import Envelope
from robolearn_api.metrics import Metrics
from robolearn_api.problems import handle_problems
from robolearn_api.search.searcher import Searcher
from robolearn_api.search.vectors import VectorSide
from robolearn_api.settings import ApiSettings
from robolearn_api.shelf import Shelf
from robolearn_api.v1 import courses, index, search
from robolearn_api.web.routes import mount_pages

TAGS = [
    {"name": "catalogue", "description": "Courses and lessons, in their authors' order."},
    {"name": "search", "description": "Passages by meaning and by words."},
    {"name": "index", "description": "How far the index agrees with the database."},
    {"name": "operations", "description": "For operators and orchestrators."},
]


def create_app(settings: ApiSettings, adapters: Adapters | None = None) -> FastAPI:
    """The api and its pages. Raises SettingsError.

    Adapters that are given stay their owner's: they are used, and not closed. `app.state` holds
    `settings`, `adapters` and `metrics`, and while the app runs `vectors`, `searcher` and `shelf`.
    """
    used = connect(settings) if adapters is None else adapters

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        """Serve, then drain in the opposite order.

        Starts: the guarded calls to index and provider, then the search that uses them. The adapters are
        there already and connect by themselves when they are first asked, so that the api starts, and says
        so, while the database is away.
        Stops: uvicorn has answered what was under way; the guarded calls go first, so that no thread asks
        a closed client, and the adapters last, because everything stands on them.
        """
        app.state.vectors = vectors = VectorSide(used, settings.api)
        app.state.shelf = Shelf(used.catalogue)
        app.state.searcher = Searcher(used, vectors, settings.api.language)
        try:
            yield
        finally:
            vectors.close()
            if adapters is None:
                used.close()

    app = FastAPI(
        title="Robotics Learning Platform",
        version="1.0.0",
        debug=settings.api.debug,
        description="Courses, lessons, and the passages in them that answer a question.",
        openapi_url=openapi.PATH,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        responses=openapi.problems(500),
        generate_unique_id_function=openapi.operation_id,
        lifespan=lifespan,
    )
    app.state.settings, app.state.adapters = settings, used
    app.state.metrics = metrics = Metrics()
    app.add_middleware(Envelope, metrics=metrics, access_log=settings.api.access_log)
    handle_problems(app)
    openapi.describe(app)
    for part in (courses, search, index, probes):
        app.include_router(part.router)
    mount_pages(app)
    return app
