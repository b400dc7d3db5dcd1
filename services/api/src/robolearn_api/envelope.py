"""What every request gets, whatever answers it: one pure ASGI layer around the routes."""

from time import perf_counter

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, reset_contextvars

from robolearn.observability import get_logger
from robolearn_api.exchange import Exchange
from robolearn_api.metrics import Metrics
from robolearn_api.request_id import request_id_of

log = get_logger(__name__)

PROBES = frozenset({"/livez", "/readyz", "/health", "/metrics"})


class Envelope:
    """Request id, log line, counters, security headers, 304 and HEAD; nothing escapes but an answer.

    The request id is bound to the context before the routes run, so that the lines of handlers carry it,
    those in threads too (a handler's thread gets a copy of the context).
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, access_log: bool) -> None:
        self._app, self._metrics, self._access_log = app, metrics, access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        request_id = request_id_of(scope)
        exchange = Exchange(scope, send, request_id)
        tokens = bind_contextvars(request_id=request_id)
        self._metrics.in_flight.inc()
        try:
            await self._answer(exchange, receive)
        finally:
            self._metrics.in_flight.dec()
            self._account(exchange, perf_counter() - started)
            reset_contextvars(**tokens)

    async def _answer(self, exchange: Exchange, receive: Receive) -> None:
        try:
            await self._app(exchange.scope, receive, exchange.send)
        except Exception as error:
            log.exception("request.failed", method=exchange.method, path=exchange.path)
            if exchange.status:
                raise
            request = Request(exchange.scope, receive)
            response = await request.app.exception_handlers[Exception](request, error)
            await response(exchange.scope, receive, exchange.send)

    def _account(self, exchange: Exchange, seconds: float) -> None:
        self._metrics.answered(exchange.method, exchange.route, exchange.status, seconds)
        if self._access_log and exchange.path not in PROBES:
            log.info(
                "request",
                method=exchange.method,
                path=exchange.path,
                route=exchange.route,
                client=exchange.client,
                status=exchange.status,
                ms=round(seconds * 1000, 2),
            )
