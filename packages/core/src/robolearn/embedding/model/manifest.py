"""What a model folder holds, written last: a folder without a manifest is no model."""

from hashlib import file_digest
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from robolearn.domain.errors import SettingsError

MANIFEST = "manifest.json"
WEIGHTS = "model.onnx"


class Manifest(BaseModel):
    """The model's identity, and the SHA-256 (hexadecimal) of its files and of what it was made from."""

    model_config = ConfigDict(frozen=True)

    base: str
    dimensions: int
    quantised: bool
    made_from: str
    files: dict[str, str]

    @property
    def name(self) -> str:
        """Differs whenever the vectors do: other weights and another quantisation are another model."""
        kind = "int8" if self.quantised else "onnx"
        return f"{self.base}-{kind}-{self.files[WEIGHTS][:8]}"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it beside the files it tells of."""
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a prepared model. Raises SettingsError if the folder is none."""
    path = folder / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise SettingsError(
            f"EMBEDDING_MODEL_DIR: there is no embedding model in {folder}.", "Run `robolearn model prepare`."
        ) from None
    except (OSError, ValidationError) as error:
        raise SettingsError(
            f"EMBEDDING_MODEL_DIR: {path} cannot be read ({_first_line(error)}).",
            "Run `robolearn model prepare`, which makes the model anew.",
        ) from None


def damaged_files(folder: Path, manifest: Manifest) -> list[str]:
    """The files that are absent or differ from the manifest."""
    return [
        name
        for name, expected in manifest.files.items()
        if not (folder / name).is_file() or sha256_of(folder / name) != expected
    ]


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
