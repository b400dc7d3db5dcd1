"""Nothing but the probes is told without the key."""

from secrets import compare_digest

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OPEN = ("/", "/healthz", "/readyz", "/livez")


class Gate:
    """Upstream's rule: the header `api-key`, or a bearer token."""

    def __init__(self, app: ASGIApp, key: str | None) -> None:
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] != "http" or self._key is None or scope["path"] in OPEN:
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        given = headers.get("api-key") or headers.get("authorization", "").removeprefix("Bearer ")
        if given and compare_digest(given.encode(), self._key.encode()):
            return await self._app(scope, receive, send)
        said = (
            "Invalid API key or JWT" if given else "Must provide an API key or an Authorization bearer token"
        )
        return await PlainTextResponse(said, 401)(scope, receive, send)
