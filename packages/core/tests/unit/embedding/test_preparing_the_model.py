"""Preparing the local model: whole or not at all, however often, by however many."""

import errno
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from robolearn.domain.errors import RobolearnError, SettingsError, SourceError, Unavailable
from robolearn.embedding.local import LocalEmbedder
from robolearn.embedding.model import prepare, quantising
from robolearn.embedding.model.manifest import damaged_files, read_manifest
from robolearn.settings import EmbeddingSettings


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "minilm"


def files_beside(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()} - {f".{target.name}.lock"}


def test_a_folder_becomes_a_model_that_embeds(tiny_model: Path, target: Path) -> None:
    prepared = prepare(target, tiny_model)
    assert prepared.made
    assert prepared.manifest.name == f"all-MiniLM-L6-v2-int8-{prepared.manifest.files['model.onnx'][:8]}"
    assert files_beside(target) == {"minilm"}
    embedder = LocalEmbedder(EmbeddingSettings(model_dir=target))
    assert embedder.embed(["robot drift", "wheel"]).shape == (2, 384)
    assert embedder.profile.model == prepared.manifest.name


def test_the_manifest_tells_of_every_file(tiny_model: Path, target: Path) -> None:
    manifest = prepare(target, tiny_model).manifest
    assert {path.name for path in target.iterdir()} == {*manifest.files, "manifest.json"}
    assert json.loads((target / "tokenizer_config.json").read_text())["model_max_length"] == 256


def test_a_second_time_changes_nothing(tiny_model: Path, target: Path) -> None:
    prepare(target, tiny_model)
    before = {path: path.stat().st_mtime_ns for path in target.iterdir()}
    again = prepare(target)
    assert not again.made
    assert {path: path.stat().st_mtime_ns for path in target.iterdir()} == before


def test_the_same_source_makes_the_same_model(tiny_model: Path, tmp_path: Path) -> None:
    assert prepare(tmp_path / "a", tiny_model).manifest == prepare(tmp_path / "b", tiny_model).manifest


def test_a_damaged_model_is_made_anew(tiny_model: Path, target: Path) -> None:
    manifest = prepare(target, tiny_model).manifest
    (target / "model.onnx").write_bytes(b"damaged")
    (target / "config.json").unlink()
    again = prepare(target, tiny_model)
    assert again.made
    assert again.manifest == manifest
    assert damaged_files(target, manifest) == []


def test_another_source_replaces_the_model(
    tiny_model: Path, target: Path, tmp_path: Path, make_tiny_model: Callable[..., Path]
) -> None:
    first = prepare(target, tiny_model).manifest
    assert not prepare(target, tiny_model).made
    second = prepare(target, make_tiny_model(tmp_path / "other", seed=2))
    assert second.made
    assert second.manifest.name != first.name
    assert files_beside(target) == {"minilm"}


def test_a_prepared_folder_is_copied_as_it_is(tiny_model: Path, tmp_path: Path, target: Path) -> None:
    made = prepare(tmp_path / "made", tiny_model)
    copy = prepare(target, made.folder)
    assert copy.made
    assert copy.manifest == made.manifest == read_manifest(target)
    assert not prepare(target, made.folder).made


def test_a_damaged_source_is_refused(tiny_model: Path, tmp_path: Path, target: Path) -> None:
    made = prepare(tmp_path / "made", tiny_model).folder
    (made / "model.onnx").write_bytes(b"damaged")
    with pytest.raises(SourceError, match=r"damaged embedding model: model\.onnx"):
        prepare(target, made)
    assert not target.exists()


def test_without_onnx_the_model_stays_as_it_is_under_another_name(
    tiny_model: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantising, "can_quantise", lambda: False)
    told: list[str] = []
    manifest = prepare(target, tiny_model, progress=told.append).manifest
    assert not manifest.quantised
    assert manifest.name.startswith("all-MiniLM-L6-v2-onnx-")
    assert any("`onnx` is not installed" in sentence for sentence in told)


def test_a_quantisation_that_means_something_else_is_not_kept(
    tiny_model: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantising, "likeness", lambda *_: 0.4)
    told: list[str] = []
    assert not prepare(target, tiny_model, progress=told.append).manifest.quantised
    assert any("cosine 0.40" in sentence for sentence in told)
    assert (target / "model.onnx").read_bytes() == (tiny_model / "model.onnx").read_bytes()


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_refused(tiny_model: Path, target: Path, missing: str) -> None:
    (tiny_model / missing).unlink()
    with pytest.raises(SourceError, match=f"{missing} is missing"):
        prepare(target, tiny_model)


def test_a_file_that_is_no_model_is_refused(tiny_model: Path, target: Path) -> None:
    (tiny_model / "model.onnx").write_bytes(b"<html>")
    with pytest.raises(SourceError, match="do not run"):
        prepare(target, tiny_model)
    assert files_beside(target) == set()


def test_a_model_of_other_dimensions_is_refused(
    make_tiny_model: Callable[..., Path], tmp_path: Path, target: Path
) -> None:
    with pytest.raises(SourceError, match="8 dimensions, not 384"):
        prepare(target, make_tiny_model(tmp_path / "eight", dimensions=8))


def test_a_folder_of_something_else_is_left_alone(tiny_model: Path, target: Path) -> None:
    target.mkdir(parents=True)
    (target / "thesis.txt").write_text("precious")
    with pytest.raises(SettingsError, match=r"EMBEDDING_MODEL_DIR.*something else"):
        prepare(target, tiny_model)
    assert (target / "thesis.txt").read_text() == "precious"


def test_a_full_disk_is_told_and_leaves_nothing(
    tiny_model: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("robolearn.embedding.model.preparing.shutil.copyfile", full)
    with pytest.raises(RobolearnError, match=r"disk of .* is full"):
        prepare(target, tiny_model)
    assert files_beside(target) == set()


def test_a_place_that_cannot_be_written_names_the_setting(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="EMBEDDING_MODEL_DIR"):
        prepare(tmp_path / "file" / "minilm", tiny_model)


def test_a_hub_that_does_not_answer_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(Unavailable, match="HF_HUB_OFFLINE"):
        prepare(target, hub=True)
    assert files_beside(target) == set()


def test_what_the_hub_delivers_becomes_a_model(
    target: Path, make_tiny_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(name: str, *, cache_dir: str, lazy_load: bool) -> None:
        make_tiny_model(Path(cache_dir) / "models--minilm" / "snapshots" / "1")

    monkeypatch.setattr("fastembed.TextEmbedding", download)
    assert prepare(target, hub=True).manifest.quantised
    assert files_beside(target) == {"minilm"}


PREPARE = """
import sys
from pathlib import Path
from robolearn.embedding.model import prepare
print(prepare(Path(sys.argv[1]), Path(sys.argv[2])).made)
"""
KILLED_BEFORE_THE_MANIFEST = f"""
import os, signal
from robolearn.embedding.model import preparing
preparing.write_manifest = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
{PREPARE}
"""


def run(script: str, target: Path, source: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, str(target), str(source)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_several_at_once_make_one_model(tiny_model: Path, target: Path) -> None:
    said = [process.communicate()[0] for process in [run(PREPARE, target, tiny_model) for _ in range(3)]]
    assert sorted(said) == ["False\n", "False\n", "True\n"]
    assert files_beside(target) == {"minilm"}


def test_a_killed_one_leaves_no_half_model_and_no_lock(tiny_model: Path, target: Path) -> None:
    with run(KILLED_BEFORE_THE_MANIFEST, target, tiny_model) as killed:
        killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert not target.exists()
    assert len(files_beside(target)) == 1
    assert prepare(target, tiny_model).made
    assert files_beside(target) == {"minilm"}
