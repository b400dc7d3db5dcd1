"""The local embedding model as a folder: fetched once, verified, never half there."""

from robolearn.embedding.model.manifest import Manifest, read_manifest
from robolearn.embedding.model.preparing import PreparedModel, prepare

__all__ = ["Manifest", "PreparedModel", "prepare", "read_manifest"]
