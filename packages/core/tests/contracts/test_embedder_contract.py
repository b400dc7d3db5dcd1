"""What every Embedder promises, the fake and the real ones alike."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from robolearn.embedding.local import LocalEmbedder
from robolearn.embedding.openai_compatible import OpenAIEmbedder
from robolearn.ports.embedding import Embedder
from robolearn.settings import EmbeddingSettings, OpenAISettings
from robolearn.testing.embedding import FakeEmbedder
from robolearn.testing.openai_server import OpenAIServer

TEXTS = [
    "Odometry › Drift\nWheel slip makes the estimated pose drift away from the true one.",
    "A costmap marks cells that are too close to obstacles.",
    "PID",
    "Cinématique inverse: résoudre les angles des articulations 🤖",
    "Wheel slip makes the estimated pose drift away from the true one. " * 60,
]


@pytest.fixture(scope="module")
def fake() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture(scope="module")
def local(local_model: Path) -> LocalEmbedder:
    return LocalEmbedder(EmbeddingSettings(model_dir=local_model))


@pytest.fixture(scope="module")
def openai() -> Iterator[OpenAIEmbedder]:
    with OpenAIServer(dimensions=256) as server:
        embedder = OpenAIEmbedder(OpenAISettings(base_url=server.url, dimensions=256))
        yield embedder
        embedder.close()


@pytest.fixture(params=["fake", "local", "openai"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    made: Embedder = request.getfixturevalue(request.param)
    return made


def test_vectors_have_the_shape_and_type_of_the_profile(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.profile.dimensions)
    assert vectors.dtype == np.float32
    assert embedder.embed_query("why does my robot drift").shape == (embedder.profile.dimensions,)


def test_vectors_have_unit_length(embedder: Embedder) -> None:
    vectors = [*embedder.embed([*TEXTS, " "]), embedder.embed_query("drift")]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.profile.normalised


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    likeness = together @ alone.T
    assert list(likeness.argmax(axis=1)) == list(range(len(TEXTS)))
    assert np.diag(likeness) == pytest.approx(1, abs=0.02)


def test_texts_that_say_similar_things_are_near(embedder: Embedder) -> None:
    drift, costmap, *_ = embedder.embed(TEXTS)
    question = embedder.embed_query("the pose estimate drifts away when wheels slip")
    assert question @ drift > question @ costmap


def test_the_same_text_has_the_same_vector(embedder: Embedder) -> None:
    assert np.allclose(embedder.embed(TEXTS[:1]), embedder.embed(TEXTS[:1]), atol=1e-6)


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.profile.dimensions)


def test_longer_text_counts_more_tokens(embedder: Embedder) -> None:
    assert embedder.count_tokens("wheel") < embedder.count_tokens("wheel slip makes the pose drift")
    assert embedder.count_tokens("wheel " * 1000) >= 1000


def test_limits_allow_at_least_one_text(embedder: Embedder) -> None:
    assert embedder.limits.texts >= 1
    assert embedder.limits.tokens >= 256


def test_the_fingerprint_is_stable(embedder: Embedder) -> None:
    before = embedder.profile.fingerprint
    embedder.embed(TEXTS[:1])
    assert embedder.profile.fingerprint == before


def test_many_threads_get_their_own_vectors(embedder: Embedder) -> None:
    expected = embedder.embed(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: embedder.embed([text])[0], TEXTS * 4))
    likeness = (np.vstack(found) * np.tile(expected, (4, 1))).sum(axis=1)
    assert likeness == pytest.approx(1, abs=0.02)
