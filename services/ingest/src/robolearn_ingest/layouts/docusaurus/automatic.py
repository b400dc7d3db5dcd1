"""Automatic sidebars, ordered as Docusaurus does: `_category_` files, positions, number prefixes."""

import json
import math
from posixpath import basename
from typing import Any, NamedTuple

from robolearn.domain.outline import OutlineNode, OutlinePage, OutlineSection
from robolearn.domain.problems import Problem
from robolearn_ingest.documents import headings_of
from robolearn_ingest.layouts.docusaurus.docs import Doc, Docs
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.reporting import broken_file, missing_target
from robolearn_ingest.yaml_reading import YamlProblem, read_yaml

_CATEGORY = ("_category_.json", "_category_.yml", "_category_.yaml")


class _Placed(NamedTuple):
    position: float
    name: str
    nodes: tuple[OutlineNode, ...]


class Automatic:
    """Builds the nodes of a folder of docs."""

    def __init__(self, docs: Docs, problems: list[Problem]) -> None:
        self._docs = docs
        self._problems = problems

    def nodes(self, folder: Folder) -> tuple[OutlineNode, ...]:
        """What is in a folder, without the folder itself around it."""
        return self._children(folder, without=None)

    def _children(self, folder: Folder, without: Doc | None) -> tuple[OutlineNode, ...]:
        docs = (self._docs.by_path[path] for path in folder.own_pages if path in self._docs.by_path)
        placed = [
            _Placed(_or_last(doc.position), basename(doc.path), (OutlinePage(doc.path),))
            for doc in docs
            if doc != without
        ]
        placed += [self._category(child) for child in folder.folders]
        return tuple(node for one in sorted(placed, key=lambda one: one[:2]) for node in one.nodes)

    def _category(self, folder: Folder) -> _Placed:
        facts = self._facts(folder)
        number, name = self._docs.without_prefix(folder.name)
        linked = self._linked(folder, facts, name)
        own = (OutlinePage(linked.path),) if linked else ()
        children = (*own, *self._children(folder, linked))
        title = str(facts.get("label") or (linked and self._title(linked)) or name)
        positions = (facts.get("position"), linked and linked.position, number)
        position = next((one for one in positions if isinstance(one, int | float)), None)
        return _Placed(
            _or_last(position), folder.name, (OutlineSection(title, children),) if children else ()
        )

    def _linked(self, folder: Folder, facts: dict[str, Any], name: str) -> Doc | None:
        """The category's own page: the one its file names, else index, README or the folder's namesake."""
        link = facts.get("link", {})
        if isinstance(link, dict) and link.get("type") == "doc":
            return self._named(folder, str(link.get("id")))
        if link is None or (isinstance(link, dict) and link):
            return None
        docs = [self._docs.by_path[path] for path in folder.own_pages if path in self._docs.by_path]
        usual = ("index", "readme", name.lower())
        return next((doc for wanted in usual for doc in docs if doc.name.lower() == wanted), None)

    def _named(self, folder: Folder, wanted: str) -> Doc | None:
        inside = folder.path[len(self._docs.folder.path) :].lstrip("/")
        place = "/".join(self._docs.without_prefix(part)[1] for part in inside.split("/"))
        found = self._docs.by_id.get(wanted) or self._docs.by_id.get(f"{place}/{wanted}")
        if found is None:
            category = folder.find(*_CATEGORY) or folder.path
            self._problems.append(missing_target(self._docs.folder, category, None, wanted))
        return found

    def _title(self, doc: Doc) -> str | None:
        headings = headings_of(self._docs.folder.text(doc.path))
        return next((heading.text for heading in headings if heading.level == 1), None)

    def _facts(self, folder: Folder) -> dict[str, Any]:
        path = folder.find(*_CATEGORY)
        if path is None:
            return {}
        try:
            values = json.loads(folder.text(path)) if path.endswith(".json") else read_yaml(folder.text(path))
        except json.JSONDecodeError as error:
            self._problems.append(broken_file(path, error.lineno, f"the JSON is broken: {error.msg}"))
            return {}
        except (YamlProblem, RecursionError) as problem:
            line, reason = getattr(problem, "line", None), getattr(problem, "reason", "nested too deep")
            self._problems.append(broken_file(path, line, f"the file is broken: {reason}"))
            return {}
        return values if isinstance(values, dict) else {}


def _or_last(position: float | None) -> float:
    return math.inf if position is None or math.isnan(position) else float(position)
