"""The docs of a Docusaurus site by their ids, as Docusaurus makes them."""

import re
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname
from typing import Any

from robolearn_ingest.documents import front_matter
from robolearn_ingest.layouts.docusaurus.site import DocsPlugin
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.names import stem_of

_PREFIX = re.compile(r"(\d+)\s*[-_.]+\s*([^-_.\s].*)\Z")
# Dates and versions at the beginning of a name are no numbering.
_NO_PREFIX = re.compile(r"(\d{2}|\d{4})[-_.]\d{2}([-_.](\d{2}|\d{4}))?|\d+[-_.]\d+")
_FACTS = re.compile(r"^(id|draft|unlisted|sidebar_position)\s*:", re.MULTILINE)
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Doc:
    """A doc. `name` is its file's, without number prefix; `position` what orders it in automatic sidebars."""

    path: str
    id: str
    name: str
    position: float | None


@dataclass(frozen=True)
class Docs:
    """All docs of one set."""

    folder: Folder
    plugin: DocsPlugin

    @cached_property
    def by_path(self) -> dict[str, Doc]:
        """Every doc that is published."""
        found = (self._doc(path) for path in self.folder.pages if not self._is_partial(path))
        return {doc.path: doc for doc in found if doc}

    @cached_property
    def by_id(self) -> dict[str, Doc]:
        """Every doc by its id, and by its plain path where no other has that as its id."""
        plain = {self._inside(path).rsplit(".", 1)[0]: doc for path, doc in self.by_path.items()}
        files = {self._inside(path): doc for path, doc in self.by_path.items()}
        exact: dict[str, Doc] = {}
        for doc in self.by_path.values():
            exact.setdefault(doc.id, doc)
        return files | plain | exact

    @cached_property
    def duplicates(self) -> dict[str, list[str]]:
        """Paths that share an id, by id."""
        paths: dict[str, list[str]] = {}
        for doc in self.by_path.values():
            paths.setdefault(doc.id, []).append(doc.path)
        return {id_: shared for id_, shared in paths.items() if len(shared) > 1}

    @property
    def hidden(self) -> frozenset[str]:
        """Pages in the folder that are no docs: partials, drafts and unlisted ones."""
        return frozenset(path for path in self.folder.pages if path not in self.by_path)

    def without_prefix(self, name: str) -> tuple[float | None, str]:
        """The number that a name begins with, and the rest of it."""
        found = _PREFIX.match(name) if self.plugin.number_prefixes and not _NO_PREFIX.match(name) else None
        return (float(found[1]), found[2]) if found else (None, name)

    def _inside(self, path: str) -> str:
        return path[len(self.folder.path) :].lstrip("/")

    def _is_partial(self, path: str) -> bool:
        return any(part.startswith("_") for part in self._inside(path).split("/"))

    def _doc(self, path: str) -> Doc | None:
        facts = self._facts(path)
        if facts.get("draft") is True or facts.get("unlisted") is True:
            return None
        number, name = self.without_prefix(stem_of(path))
        given = facts.get("id")
        parts = [self.without_prefix(part)[1] for part in dirname(self._inside(path)).split("/") if part]
        position = facts.get("sidebar_position")
        placed = float(position) if isinstance(position, int | float) else number
        id_ = "/".join([*parts, str(given) if isinstance(given, str | int) else name])
        return Doc(path, id_, name, placed)

    def _facts(self, path: str) -> dict[str, Any]:
        """The front matter, if the beginning of the file looks as if it says something we need."""
        head = self.folder.tree.read(path)[:_HEAD].decode("utf-8-sig", "replace")
        if not head.startswith("---") or not _FACTS.search(head):
            return {}
        return front_matter(self.folder.text(path), path)[0]
