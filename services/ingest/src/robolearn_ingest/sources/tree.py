"""A curriculum's files, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from robolearn.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a source. `digest` is SHA-256 (32 bytes) of its `size` bytes."""

    size: int
    digest: bytes


@dataclass(frozen=True)
class SourceTree:
    """The pages and navigation files of a source, by POSIX path relative to its root.

    `location` names the source for good: an absolute resolved path, or a URL without credentials.
    `revision` is the commit, if there is one. The bytes are those that were hashed: the files are not read
    again, so a tree does not change while it is in use.
    """

    location: str
    revision: str | None
    files: Mapping[str, FileEntry]
    problems: tuple[Problem, ...] = ()
    content: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def read(self, path: str) -> bytes:
        """The bytes of a file in `files`. Raises KeyError for any other."""
        return self.content[path]

    @property
    def name(self) -> str:
        """The last part of the location, for a title where nothing better is known."""
        return self.location.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def tree_of(
    location: str,
    content: Mapping[str, bytes],
    revision: str | None = None,
    problems: tuple[Problem, ...] = (),
) -> SourceTree:
    """A tree of bytes that are already in memory."""
    files = {path: FileEntry(len(data), sha256(data).digest()) for path, data in content.items()}
    return SourceTree(location, revision, files, problems, content)
