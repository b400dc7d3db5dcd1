"""A folder of a source as a layout sees it. All paths are POSIX and relative to the source's root."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, normpath

from robolearn_ingest.documents import decode
from robolearn_ingest.layouts.names import is_front_page
from robolearn_ingest.sources.interest import is_page
from robolearn_ingest.sources.tree import SourceTree


class Listing:
    """Which files and folders each folder of a tree holds directly, sorted by name."""

    def __init__(self, tree: SourceTree) -> None:
        self.files: dict[str, list[str]] = {"": []}
        self.folders: dict[str, list[str]] = {"": []}
        for path in sorted(tree.files):
            self._folder(dirname(path))
            self.files[dirname(path)].append(path)

    def _folder(self, path: str) -> None:
        if path in self.files:
            return
        self.files[path], self.folders[path] = [], []
        parent = dirname(path)
        self._folder(parent)
        self.folders[parent].append(path)


@dataclass(frozen=True)
class Folder:
    """One folder ("" is the root) of a tree."""

    tree: SourceTree
    listing: Listing
    path: str = ""

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Files directly in it."""
        return tuple(self.listing.files.get(self.path, ()))

    @cached_property
    def folders(self) -> tuple["Folder", ...]:
        """Folders directly in it."""
        return tuple(self.at(path) for path in self.listing.folders.get(self.path, ()))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Markdown files in it and below."""
        return tuple(self._pages())

    @cached_property
    def own_pages(self) -> tuple[str, ...]:
        """Markdown files directly in it."""
        return tuple(path for path in self.files if is_page(path))

    @property
    def front_page(self) -> str | None:
        """Its README, else its index page, else the only page there is."""
        fronts = [path for path in self.own_pages if is_front_page(path)]
        if len(self.pages) == 1:
            fronts = list(self.own_pages)
        return min(fronts, key=lambda path: ("readme" not in path.lower(), path), default=None)

    @property
    def name(self) -> str:
        """Its own name; the root's is the source's."""
        return self.path.rsplit("/", 1)[-1] or self.tree.name

    def at(self, path: str) -> "Folder":
        """Another folder of the same tree."""
        return Folder(self.tree, self.listing, path)

    def exists(self) -> bool:
        """Whether anything that is read lies in it."""
        return self.path in self.listing.files

    def has(self, path: str) -> bool:
        """Whether a file of the tree has this path."""
        return path in self.tree.files

    def find(self, *names: str) -> str | None:
        """The first of these files that lies directly in the folder."""
        paths = (f"{self.path}/{name}".lstrip("/") for name in names)
        return next((path for path in paths if self.has(path)), None)

    def join(self, relative: str) -> str | None:
        """A path given relative to this folder; None where it leads out of the source."""
        path = normpath(f"{self.path}/{relative}" if self.path else relative)
        if path.startswith(("../", "/")) or path == ".." or "\0" in path:
            return None
        return "" if path == "." else path

    def text(self, path: str) -> str:
        """The text of a file of the tree."""
        return decode(path, self.tree.read(path))[0]

    def _pages(self) -> Iterator[str]:
        yield from self.own_pages
        for folder in self.folders:
            yield from folder._pages()
