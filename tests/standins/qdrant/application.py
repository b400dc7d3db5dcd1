"""The application: every path of the part of Qdrant's API that is stood in for."""

from aliases import alias_routes
from answers import HANDLERS
from collection_routes import collection_routes
from engine import Engine
from figures import Figures
from gate import Gate
from point_routes import point_routes
from probes import probe_routes
from snapshot_routes import snapshot_routes
from snapshots import Snapshots
from starlette.applications import Starlette
from starlette.middleware import Middleware


def build(engine: Engine, snapshots: Snapshots, key: str | None) -> Starlette:
    """The application around one engine."""
    figures = Figures(engine)
    routes = [
        *probe_routes(figures),
        *alias_routes(engine),  # before the collections, whose paths have a name where these have `aliases`
        *snapshot_routes(snapshots),
        *point_routes(engine),
        *collection_routes(engine),
    ]
    middleware = [Middleware(Gate, key=key), Middleware(figures.counting)]
    return Starlette(routes=routes, middleware=middleware, exception_handlers=HANDLERS)
