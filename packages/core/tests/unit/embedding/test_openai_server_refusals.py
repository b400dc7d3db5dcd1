"""What a server refuses, sorted by what it means for the work; over real HTTP on loopback."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from robolearn.domain.errors import (
    EmbeddingRejected,
    EmbeddingThrottled,
    EmbeddingUnavailable,
    SettingsError,
)
from robolearn.embedding.openai_compatible import OpenAIEmbedder
from robolearn.settings import OpenAISettings
from robolearn.testing.openai_server import HANG, Answer, OpenAIServer, refusal


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
def embedder(server: OpenAIServer) -> Iterator[OpenAIEmbedder]:
    made = OpenAIEmbedder(OpenAISettings(base_url=server.url, dimensions=32, model="hashed-words"))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("0.5", 0.5), ("-3", 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)]
)
def test_throttling_tells_how_long_to_wait(
    server: OpenAIServer, embedder: OpenAIEmbedder, header: str, seconds: float
) -> None:
    server.script(refusal(429, "slow down", {"Retry-After": header}, code="rate_limit_exceeded"))
    with pytest.raises(EmbeddingThrottled, match="slow down") as caught:
        embedder.embed(["a"])
    assert caught.value.retry_after == seconds


def test_throttling_may_tell_a_date(server: OpenAIServer, embedder: OpenAIEmbedder) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    server.script(refusal(429, "slow down", {"Retry-After": date}))
    with pytest.raises(EmbeddingThrottled) as caught:
        embedder.embed(["a"])
    assert caught.value.retry_after == pytest.approx(3600, abs=60)


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}, {"Retry-After": "nan"}])
def test_throttling_without_a_time(
    server: OpenAIServer, embedder: OpenAIEmbedder, headers: dict[str, str]
) -> None:
    server.script(refusal(429, "slow down", headers))
    with pytest.raises(EmbeddingThrottled) as caught:
        embedder.embed(["a"])
    assert caught.value.retry_after is None


def test_an_outage_that_tells_when_it_ends_is_waited_out(
    server: OpenAIServer, embedder: OpenAIEmbedder
) -> None:
    server.script(refusal(503, "maintenance", {"Retry-After": "30"}))
    with pytest.raises(EmbeddingThrottled) as caught:
        embedder.embed(["a"])
    assert caught.value.retry_after == 30


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (refusal(500, "oops"), ""),
        (refusal(502, "bad gateway"), ""),
        (refusal(529, "overloaded"), ""),
        (refusal(429, "pay first", code="insufficient_quota"), "billing"),
        (refusal(401, "wrong key"), "OPENAI_API_KEY"),
        (refusal(403, "not allowed"), "OPENAI_API_KEY"),
        (refusal(400, "API key not valid"), "OPENAI_API_KEY"),
        (refusal(404, "no such model", code="model_not_found"), "OPENAI_MODEL"),
        (refusal(400, "no such model", param="model"), "OPENAI_MODEL"),
        (refusal(400, "not for this model", param="dimensions"), "OPENAI_DIMENSIONS"),
        (Answer(404, "<h1>nginx</h1>"), "OPENAI_BASE_URL"),
        (Answer(200, "<h1>Welcome</h1>"), "OPENAI_BASE_URL"),
        (Answer(200, {"data": []}), "OPENAI_BASE_URL"),
        (Answer(200, {"data": [{"index": 3, "embedding": [1.0]}]}), "OPENAI_BASE_URL"),
        (Answer(200, {"data": [{"index": 0, "embedding": "%%%"}]}), "OPENAI_BASE_URL"),
        (Answer(200, "{", {"Content-Type": "application/json"}), "OPENAI_BASE_URL"),
    ],
)
def test_what_no_text_can_help_is_unavailable(
    server: OpenAIServer, embedder: OpenAIEmbedder, answer: Answer, advice: str
) -> None:
    server.script(answer)
    with pytest.raises(EmbeddingUnavailable, match=r"^The embedding server at 127\.0\.0\.1 ") as caught:
        embedder.embed(["a"])
    assert not isinstance(caught.value, EmbeddingThrottled)
    assert advice in caught.value.advice
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 413, 422])
def test_what_is_wrong_with_the_text_is_rejected(
    server: OpenAIServer, embedder: OpenAIEmbedder, status: int
) -> None:
    server.script(refusal(status, "maximum context length is 8192 tokens"))
    with pytest.raises(EmbeddingRejected, match="maximum context length"):
        embedder.embed(["a"])


def test_broken_unicode_is_rejected(embedder: OpenAIEmbedder) -> None:
    with pytest.raises(EmbeddingRejected, match="Unicode"):
        embedder.embed(["lidar \ud800"])


@pytest.mark.parametrize("vector", [[0.0] * 32, [float("nan")] * 32])
def test_a_vector_without_direction_is_rejected(
    server: OpenAIServer, embedder: OpenAIEmbedder, vector: list[float]
) -> None:
    server.script(Answer(200, {"data": [{"index": 0, "embedding": vector}]}))
    with pytest.raises(EmbeddingRejected, match="no direction"):
        embedder.embed(["a"])


def test_other_dimensions_than_set_name_the_setting(server: OpenAIServer) -> None:
    embedder = OpenAIEmbedder(OpenAISettings(base_url=server.url, dimensions=64, model="hashed-words"))
    with pytest.raises(EmbeddingUnavailable, match=r"32 dimensions.*64 of OPENAI_DIMENSIONS"):
        embedder.embed(["a"])
    embedder.close()


def test_no_answer_in_time_names_the_setting(server: OpenAIServer) -> None:
    server.script(HANG)
    embedder = OpenAIEmbedder(OpenAISettings(base_url=server.url, timeout_seconds=0.05))
    with pytest.raises(EmbeddingUnavailable, match="OPENAI_TIMEOUT_SECONDS"):
        embedder.embed(["a"])
    embedder.close()


def test_no_server_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    embedder = OpenAIEmbedder(OpenAISettings(base_url=f"http://127.0.0.1:{port}/v1"))
    with pytest.raises(EmbeddingUnavailable, match=r"cannot be reached.*OPENAI_BASE_URL"):
        embedder.embed(["a"])
    embedder.close()


def test_a_missing_key_names_the_setting() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY is not set"):
        OpenAIEmbedder(OpenAISettings())
