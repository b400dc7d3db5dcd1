"""Errors as RFC 9457 problem documents: one shape for whatever goes wrong."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from traceback import format_exception
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from robolearn.domain.errors import NotFound, SchemaMismatch, Unavailable
from robolearn.observability import get_logger
from robolearn_api.models.problem import InvalidValue, Problem

log = get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5


def problem(
    path: str,
    status: int,
    detail: str | None,
    request_id: str,
    *,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[InvalidValue] | None = None,
) -> Response:
    """The response for something that went wrong with the request to `path`."""
    document = Problem(
        title=_title(status),
        status=status,
        detail=detail,
        instance=path,
        request_id=request_id,
        errors=list(errors) if errors is not None else None,
    )
    return Response(
        document.model_dump_json(exclude_none=True),
        status,
        {**(headers or {}), "Cache-Control": "no-store"},
        MEDIA_TYPE,
    )


def handle_problems(app: FastAPI) -> None:
    """Answer all errors of this app with problem documents.

    The handler of Exception is called by the envelope, within the request's context.
    """
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(SchemaMismatch, _unavailable)
    app.add_exception_handler(Exception, _fault)


async def _http(request: Request, error: Exception) -> Response:
    known = cast(HTTPException, error)
    detail = known.detail if known.detail != _title(known.status_code) else None
    return _reply(request, known.status_code, detail or _ADVICE.get(known.status_code), known.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    found = [_invalid_value(one) for one in cast(RequestValidationError, error).errors()]
    named = ", ".join(dict.fromkeys(one.name for one in found))
    return _reply(request, 422, f"These values are not accepted: {named}.", errors=found)


async def _not_found(request: Request, error: Exception) -> Response:
    return _reply(request, 404, str(error))


async def _unavailable(request: Request, error: Exception) -> Response:
    log.error("request.unavailable", reason=str(error))
    # The sentence for the log may name hosts and settings; readers need neither.
    return _reply(
        request,
        503,
        "Something this service stands on does not answer now; please try again.",
        {"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


async def _fault(request: Request, error: Exception) -> Response:
    shown = "".join(format_exception(error)) if request.app.debug else None
    return _reply(request, 500, shown or "This is our mistake; the log has it under the request id.")


def _reply(
    request: Request,
    status: int,
    detail: str | None,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[InvalidValue] | None = None,
) -> Response:
    request_id: str = request.scope["state"]["request_id"]
    return problem(request.url.path, status, detail, request_id, headers=headers, errors=errors)


def _invalid_value(error: Mapping[str, Any]) -> InvalidValue:
    place, *rest = error["loc"]
    return InvalidValue(
        place=str(place),
        name=".".join(str(part) for part in rest if isinstance(part, str)) or str(place),
        reason=str(error["msg"]),
    )


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


_ADVICE = {
    404: "Nothing is at this address.",
    405: "This address does not know that method; see the header Allow.",
}
