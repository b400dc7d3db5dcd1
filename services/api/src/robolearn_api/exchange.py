"""One request and the answer that goes out for it."""

from http import HTTPStatus

from starlette.types import Message, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
# A 304 keeps what a cached answer may update, and tells nothing of a body (RFC 9110, 15.4.5).
_OF_BODY = frozenset({b"content-length", b"content-type"})


class Exchange:
    """Adds headers to the answer, and leaves out the body where HEAD or If-None-Match ask for that.

    `status` is 0 until the answer begins.
    """

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.request_id = request_id
        self.status = 0
        self._send = send
        self._bodiless = self.method == "HEAD"
        # Routes know only GET; HEAD is the same answer without its body.
        self.scope = {**scope, "method": "GET"} if self._bodiless else scope
        self.scope.setdefault("state", {})["request_id"] = request_id

    @property
    def client(self) -> str | None:
        """The address the request comes from, as a trusted proxy tells it."""
        peer = self.scope.get("client")
        return peer[0] if peer else None

    @property
    def route(self) -> str:
        """The template of the route that answered; bounded, unlike paths."""
        return getattr(self.scope.get("route"), "path", "unmatched")

    async def send(self, message: Message) -> None:
        """Pass on one message of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = self._headed(message)
        elif message["type"] == "http.response.body" and self._bodiless:
            message = {**message, "body": b""}
        await self._send(message)

    def _headed(self, message: Message) -> Message:
        headers = list(message.get("headers", ()))
        if self.status == HTTPStatus.OK and self._known(headers):
            self.status, self._bodiless = HTTPStatus.NOT_MODIFIED.value, True
            headers = [header for header in headers if header[0] not in _OF_BODY]
        headers.append((b"x-request-id", self.request_id.encode()))
        return {**message, "status": self.status, "headers": headers + SECURITY}

    def _known(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Whether the client has this answer already (weak comparison, RFC 9110, 13.1.2)."""
        wanted = next((value for name, value in self.scope["headers"] if name == b"if-none-match"), None)
        if wanted is None or self.scope["method"] != "GET":
            return False
        tag = next((value for name, value in headers if name == b"etag"), None)
        return tag is not None and (
            wanted.strip() == b"*" or tag.removeprefix(b"W/") in [_bare(one) for one in wanted.split(b",")]
        )


def _bare(tag: bytes) -> bytes:
    return tag.strip().removeprefix(b"W/")
