"""What an embeddings server's refusal means for the work at hand."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from math import isfinite, nan

from openai import APIConnectionError, APIStatusError, APITimeoutError

from robolearn.domain.errors import (
    EmbeddingRejected,
    EmbeddingThrottled,
    EmbeddingUnavailable,
    RobolearnError,
)

_ABOUT_THE_TEXT = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}
# A 400 that complains about one of these would come for any text.
_SETTING_OF_PARAMETER = {
    "model": "OPENAI_MODEL",
    "dimensions": "OPENAI_DIMENSIONS",
    "encoding_format": "OPENAI_BASE_URL",
}
_SETTING_OF_STATUS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "OPENAI_API_KEY",
    HTTPStatus.FORBIDDEN: "OPENAI_API_KEY",
    HTTPStatus.NOT_FOUND: "OPENAI_MODEL or OPENAI_BASE_URL",
    HTTPStatus.METHOD_NOT_ALLOWED: "OPENAI_BASE_URL",
}


def sorted_by_kind(error: Exception, server: str) -> RobolearnError:
    """EmbeddingThrottled, EmbeddingUnavailable or EmbeddingRejected for an error of the client's.

    `server` names the server in the sentence.
    """
    if isinstance(error, APITimeoutError):
        return EmbeddingUnavailable(f"{server} did not answer in time (OPENAI_TIMEOUT_SECONDS).")
    if isinstance(error, APIConnectionError):
        return EmbeddingUnavailable(f"{server} cannot be reached: {_cause(error)}.", "Check OPENAI_BASE_URL.")
    if isinstance(error, APIStatusError):
        return _by_status(error, server)
    return EmbeddingUnavailable(
        f"{server} gave an answer that cannot be read: {error}.", "Check OPENAI_BASE_URL."
    )


def _by_status(error: APIStatusError, server: str) -> RobolearnError:
    told = f"{server} answered {error.status_code}: {_said(error)}"
    setting = _setting_at_fault(error)
    if setting:
        return EmbeddingUnavailable(told, f"Check {setting}.")
    wait = retry_after(error.response.headers.get("retry-after"))
    if error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return EmbeddingThrottled(told, wait)
    if error.status_code in _ABOUT_THE_TEXT:
        return EmbeddingRejected(told)
    # An outage that says when it ends is waited out like throttling.
    return EmbeddingUnavailable(told) if wait is None else EmbeddingThrottled(told, wait)


def _setting_at_fault(error: APIStatusError) -> str | None:
    if error.code == "insufficient_quota":
        return "the account's quota and billing, or OPENAI_API_KEY"
    if error.code == "model_not_found":
        return "OPENAI_MODEL"
    if error.status_code == HTTPStatus.BAD_REQUEST:
        if "api key" in _said(error).lower():
            return "OPENAI_API_KEY"
        return _SETTING_OF_PARAMETER.get(error.param or "")
    return _SETTING_OF_STATUS.get(error.status_code)


def retry_after(value: str | None) -> float | None:
    """Seconds to wait, from a Retry-After header in seconds or as an HTTP date; None if it tells neither."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value)
    return max(0.0, seconds) if isfinite(seconds) else None


def _seconds_until(date: str) -> float:
    try:
        return (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return nan


def _said(error: APIStatusError) -> str:
    said = error.body.get("message") if isinstance(error.body, dict) else None
    return " ".join(str(said or error.response.text or error.response.reason_phrase).split())[:300]


def _cause(error: APIConnectionError) -> str:
    return str(error.__cause__ or error).rstrip(".")
