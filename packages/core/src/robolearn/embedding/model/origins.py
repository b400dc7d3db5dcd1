"""Where the model's two files come from: a folder, the package registry, or a model hub."""

from pathlib import Path

from robolearn.domain.errors import SourceError, Unavailable

HUB_NAME = "sentence-transformers/all-MiniLM-L6-v2"
_NAMES = ("model.onnx", "onnx/model.onnx")


def find_in_folder(folder: Path) -> tuple[Path, Path]:
    """The paths of model.onnx and tokenizer.json in a folder. Raises SourceError if it lacks one."""
    weights = next((folder / name for name in _NAMES if (folder / name).is_file()), None)
    tokenizer = folder / "tokenizer.json"
    if weights is None or not tokenizer.is_file():
        missing = "model.onnx" if weights is None else "tokenizer.json"
        raise SourceError(
            f"{folder} does not hold the embedding model: {missing} is missing.",
            "Give a folder with model.onnx and tokenizer.json of all-MiniLM-L6-v2.",
        )
    return weights, tokenizer


def fetch_from_hub(folder: Path) -> tuple[Path, Path]:
    """Let fastembed download the model into `folder`; the paths of model.onnx and tokenizer.json.

    Raises Unavailable where the hub does not answer.
    """
    from fastembed import TextEmbedding

    try:
        TextEmbedding(HUB_NAME, cache_dir=str(folder), lazy_load=True)
    except Exception as error:  # the hub's client raises many kinds, all of them meaning the same here
        raise Unavailable(
            f"The model hub did not deliver {HUB_NAME}: {str(error).splitlines()[0]}",
            "Check the network and HF_HUB_OFFLINE, or leave out --hub to use the package registry.",
        ) from error
    return find_in_folder(next((found.parent for found in folder.rglob("tokenizer.json")), folder))
