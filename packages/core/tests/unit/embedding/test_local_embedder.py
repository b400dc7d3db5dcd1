"""Embedding on this machine: exact, offline, and clear about a missing model."""

import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np
import pytest

from robolearn.domain.errors import EmbeddingRejected, SettingsError
from robolearn.embedding.local import LocalEmbedder
from robolearn.settings import EmbeddingSettings


@pytest.fixture(scope="module")
def embedder(local_model: Path) -> LocalEmbedder:
    return LocalEmbedder(EmbeddingSettings(model_dir=local_model))


@pytest.fixture
def copied_model(local_model: Path, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "minilm"
    shutil.copytree(local_model, folder)
    yield folder
    shutil.rmtree(folder)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: LocalEmbedder) -> None:
    texts = ["Wheel slip.", "A costmap marks cells near obstacles. " * 20, "PID"]
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert np.array_equal(embedder.embed(texts), alone)


def test_a_paraphrase_is_nearer_than_another_topic(embedder: LocalEmbedder) -> None:
    question = embedder.embed_query("My machine slowly loses track of where it is")
    near, far = embedder.embed(
        ["Odometry error grows: the estimated pose drifts.", "Install ROS 2 with apt."]
    )
    assert question @ near > question @ far + 0.1


def test_what_is_beyond_256_tokens_is_not_embedded_but_counted(embedder: LocalEmbedder) -> None:
    long = "wheel " * 254
    assert embedder.count_tokens(long) == 256
    assert embedder.count_tokens(long + "robot camera") == 258
    assert np.array_equal(embedder.embed([long]), embedder.embed([long + "robot camera"]))


def test_the_profile_is_named_after_the_weights(embedder: LocalEmbedder) -> None:
    profile = embedder.profile
    assert (profile.provider, profile.dimensions, profile.normalised) == ("local", 384, True)
    assert profile.model.startswith("all-MiniLM-L6-v2-int8-")


def test_no_more_texts_are_run_at_a_time_than_there_are_threads(
    local_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = LocalEmbedder(EmbeddingSettings(model_dir=local_model, threads=2))
    counting, running, most = Lock(), 0, 0

    def embed(texts: list[str], batch_size: int) -> Iterator[np.ndarray]:
        nonlocal running, most
        for _ in texts:
            with counting:
                running += 1
                most = max(most, running)
            time.sleep(0.005)
            with counting:
                running -= 1
            yield np.ones(384)

    monkeypatch.setattr(embedder._model, "embed", embed)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: embedder.embed(["a", "b", "c"]), range(8)))
    assert most == 2


def test_broken_unicode_is_rejected(embedder: LocalEmbedder) -> None:
    with pytest.raises(EmbeddingRejected, match="Unicode at character 6"):
        embedder.embed(["good", "lidar \ud800"])


def test_nothing_is_downloaded(local_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    embedder = LocalEmbedder(EmbeddingSettings(model_dir=local_model))
    assert embedder.embed_query("drift").shape == (384,)


def test_a_missing_model_names_the_command(tmp_path: Path) -> None:
    embedder = LocalEmbedder(EmbeddingSettings(model_dir=tmp_path / "none"))
    with pytest.raises(SettingsError, match=r"EMBEDDING_MODEL_DIR.*robolearn model prepare"):
        embedder.embed(["a"])


@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json"])
def test_a_damaged_model_is_not_used(copied_model: Path, damaged: str) -> None:
    with (copied_model / damaged).open("ab") as file:
        file.write(b"x")
    embedder = LocalEmbedder(EmbeddingSettings(model_dir=copied_model))
    with pytest.raises(SettingsError, match=rf"damaged \({damaged}\).*robolearn model prepare"):
        embedder.embed_query("a")


def test_a_manifest_that_cannot_be_read_names_it(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(SettingsError, match=r"manifest\.json cannot be read"):
        LocalEmbedder(EmbeddingSettings(model_dir=tmp_path)).profile  # noqa: B018
