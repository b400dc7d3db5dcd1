"""What is sent to an embeddings server, and how its answer is read."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from pydantic import SecretStr

from robolearn.domain.errors import EmbeddingRejected, EmbeddingThrottled, EmbeddingUnavailable
from robolearn.embedding.openai_compatible import OpenAIEmbedder
from robolearn.settings import OpenAISettings
from robolearn.testing.embedding import FakeEmbedder
from robolearn.testing.openai_server import OpenAIServer

Make = Callable[..., OpenAIEmbedder]


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(api_key="right") as running:
        yield running


@pytest.fixture
def make(server: OpenAIServer) -> Iterator[Make]:
    made: list[OpenAIEmbedder] = []

    def embedder(**settings: object) -> OpenAIEmbedder:
        chosen = {"base_url": server.url, "dimensions": 32, "api_key": SecretStr("right"), **settings}
        made.append(OpenAIEmbedder(OpenAISettings.model_validate(chosen)))
        return made[-1]

    yield embedder
    for each in made:
        each.close()


def test_one_call_is_one_request_of_all_texts(server: OpenAIServer, make: Make) -> None:
    make(model="bge-m3").embed(["a", "b"])
    assert server.requests == [{"model": "bge-m3", "input": ["a", "b"], "encoding_format": "base64"}]


@pytest.mark.parametrize("model", ["text-embedding-3-small", "openai/text-embedding-3-large"])
def test_dimensions_are_asked_of_models_that_can_be_shortened(
    server: OpenAIServer, make: Make, model: str
) -> None:
    make(model=model).embed(["a"])
    assert server.requests[0]["dimensions"] == 32


@pytest.mark.parametrize("base64", [True, False])
def test_vectors_are_read_in_either_encoding_put_in_order_and_normalised(base64: bool) -> None:
    texts = [f"robot number {n}" for n in range(7)]
    with OpenAIServer(base64=base64) as server:
        embedder = OpenAIEmbedder(OpenAISettings(base_url=server.url, dimensions=32))
        assert np.allclose(embedder.embed(texts), FakeEmbedder(32).embed(texts), atol=1e-6)
        embedder.close()


def test_a_wrong_key_is_refused_by_the_server(make: Make) -> None:
    with pytest.raises(EmbeddingUnavailable, match="OPENAI_API_KEY"):
        make(api_key=SecretStr("wrong")).embed(["a"])


def test_a_server_without_keys_needs_none() -> None:
    with OpenAIServer() as server:
        embedder = OpenAIEmbedder(OpenAISettings(base_url=server.url, dimensions=32))
        assert embedder.embed(["a"]).shape == (1, 32)
        embedder.close()


def test_the_limits_are_those_of_the_settings(make: Make) -> None:
    limits = make(batch_texts=3, batch_tokens=700).limits
    assert (limits.texts, limits.tokens) == (3, 700)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("why does it drift", 4),
        ("x = a[i] + b[j];", 11),
        ("机器人运动学", 6),
        ("antidisestablishmentarianism", 6),
    ],
)
def test_tokens_are_estimated_from_above(make: Make, text: str, least: int) -> None:
    assert make().count_tokens(text) >= least


def test_the_profile_is_the_model_and_its_dimensions(make: Make) -> None:
    one = make(model="a").profile
    assert (one.provider, one.model, one.dimensions) == ("openai", "a", 32)
    assert one.fingerprint != make(model="b").profile.fingerprint
    assert one.fingerprint != make(model="a", dimensions=64).profile.fingerprint


def test_the_servers_fake_fails_on_demand(server: OpenAIServer, make: Make) -> None:
    embedder = make()
    server.embedder.throttle(1, retry_after=2.5)
    with pytest.raises(EmbeddingThrottled) as caught:
        embedder.embed(["a"])
    assert caught.value.retry_after == 2.5
    server.embedder.reject("poison")
    with pytest.raises(EmbeddingRejected):
        embedder.embed(["a", "poison"])
    with pytest.raises(EmbeddingRejected):
        embedder.embed([""])
    server.embedder.unavailable = True
    with pytest.raises(EmbeddingUnavailable):
        embedder.embed(["a"])
