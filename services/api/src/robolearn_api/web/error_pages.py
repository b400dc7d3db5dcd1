"""Errors for people: a problem document, shown as a page to a browser."""

import json
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from robolearn_api.problems import MEDIA_TYPE
from robolearn_api.web.rendering import HTML, Pages

UNPROCESSABLE = 422
BAD_ADDRESS = ("That address cannot be read", "Check the address, or start from the first page.")
HEADINGS: dict[int, tuple[str, str]] = {
    400: BAD_ADDRESS,
    404: ("There is nothing here", "The page may have moved. Search for it, or start from the first page."),
    405: BAD_ADDRESS,
    UNPROCESSABLE: BAD_ADDRESS,
    429: ("Too many questions at once", "Wait a moment, then try again."),
    503: ("We cannot answer right now", "Try again in a moment."),
}
FAILED = (
    "Something went wrong on our side",
    "Try again. If it stays, tell the operator the request id below.",
)


class ErrorPages:
    """The outermost ASGI layer: whoever made the problem document, a browser gets it as a page.

    The status and the headers stay as they are; `/api/` always answers with the document itself.
    """

    def __init__(self, app: ASGIApp, pages: Pages) -> None:
        self._app, self._pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        shown = _wants_page(scope)
        await self._app(scope, receive, _Converter(self._pages, send).send if shown else send)


def _wants_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["path"].startswith("/api/"):
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


class _Converter:
    """Holds a problem document back until it is complete; everything else passes through."""

    def __init__(self, pages: Pages, send: Send) -> None:
        self._pages, self._send = pages, send
        self._held: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass on, hold back or convert one message of the answer."""
        if message["type"] == "http.response.start" and _is_problem(message):
            self._held = message
        elif self._held is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._convert(self._held)

    async def _convert(self, start: Message) -> None:
        body = error_html(self._pages, json.loads(self._body)).encode() if self._body else b""
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-type"] = HTML
        if body:  # the answer to HEAD has none
            headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept")
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_problem(start: MutableMapping[str, Any]) -> bool:
    return Headers(raw=start.get("headers", [])).get("content-type", "").startswith(MEDIA_TYPE)


def error_html(pages: Pages, problem: dict[str, Any]) -> str:
    """The page of a problem document."""
    heading, advice = HEADINGS.get(problem["status"], FAILED)
    return pages.html(
        "error.html",
        status=problem["status"],
        heading=heading,
        # What a person can mend in an address is said by the heading; the names of parameters are not.
        detail=problem.get("detail") if problem["status"] != UNPROCESSABLE else None,
        advice=advice,
        request_id=problem["request_id"],
    )
