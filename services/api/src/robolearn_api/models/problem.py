"""Problem documents (RFC 9457)."""

from robolearn_api.models.wire import Wire


class InvalidValue(Wire):
    """A value of the request that was refused."""

    place: str
    """Where it stood: query, path, header or body."""
    name: str
    reason: str


class Problem(Wire):
    """Why a request was not answered as asked."""

    type: str = "about:blank"
    """RFC 9457: the status says all there is to say about the kind."""
    title: str
    status: int
    detail: str | None = None
    instance: str
    """The path that was asked for."""
    request_id: str
    """Found in the logs, and in the header X-Request-ID."""
    errors: list[InvalidValue] | None = None
    """Only where values were refused."""
