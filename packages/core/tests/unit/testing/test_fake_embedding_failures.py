"""The fake embedder fails exactly as it is told to."""

import pytest

from robolearn.domain.errors import EmbeddingRejected, EmbeddingThrottled, EmbeddingUnavailable
from robolearn.testing.embedding import FakeEmbedder


def test_counts_what_it_embedded() -> None:
    embedder = FakeEmbedder()
    embedder.embed(["a", "b", "a"])
    embedder.embed_query("b")
    assert embedder.embedded == {"a": 2, "b": 2}
    assert embedder.calls == 2


def test_rejects_a_batch_with_the_given_text_until_it_is_accepted() -> None:
    embedder = FakeEmbedder()
    embedder.reject("poison")
    with pytest.raises(EmbeddingRejected, match="poison"):
        embedder.embed(["good", "heading\npoison"])
    assert not embedder.embedded
    embedder.embed(["good"])
    embedder.accept("poison")
    embedder.embed(["poison"])
    assert embedder.embedded == {"good": 1, "poison": 1}


def test_throttles_as_often_as_told() -> None:
    embedder = FakeEmbedder()
    embedder.throttle(2, retry_after=7.5)
    for _ in range(2):
        with pytest.raises(EmbeddingThrottled) as caught:
            embedder.embed(["a"])
        assert caught.value.retry_after == 7.5
    embedder.embed(["a"])
    assert embedder.embedded == {"a": 1}


def test_is_unavailable_while_told() -> None:
    embedder = FakeEmbedder()
    embedder.unavailable = True
    with pytest.raises(EmbeddingUnavailable):
        embedder.embed_query("a")
    embedder.unavailable = False
    assert embedder.embed_query("a").shape == (32,)


def test_another_model_is_another_profile() -> None:
    assert FakeEmbedder(model="b").profile.fingerprint != FakeEmbedder().profile.fingerprint
    assert FakeEmbedder(dimensions=64).profile.fingerprint != FakeEmbedder().profile.fingerprint
