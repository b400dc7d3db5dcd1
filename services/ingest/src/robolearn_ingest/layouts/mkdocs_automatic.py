"""MkDocs' own order where there is no `nav:`, and the order that `.pages` files give to a folder."""

from posixpath import basename
from typing import Any

from robolearn.domain.outline import OutlineNode, OutlinePage, OutlineSection
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.names import is_front_page, title_of_name
from robolearn_ingest.yaml_reading import YamlProblem, read_yaml


def automatic_nodes(folder: Folder, hidden: frozenset[str]) -> tuple[OutlineNode, ...]:
    """Index first, then files, then folders, by name; a `.pages` file in a folder can arrange it."""
    pages = sorted((path for path in folder.own_pages if path not in hidden), key=_order)
    entries: dict[str, OutlineNode] = {basename(path): OutlinePage(path) for path in pages}
    for child in folder.folders:
        children = automatic_nodes(child, hidden)
        if children:
            title = str(_arrangement(child).get("title") or title_of_name(child.name))
            entries[child.name] = OutlineSection(title, children)
    return _arranged(entries, _arrangement(folder))


def _order(path: str) -> tuple[bool, str]:
    return not is_front_page(path), path


def _arrangement(folder: Folder) -> dict[str, Any]:
    path = folder.find(".pages")
    if path is None:
        return {}
    try:
        values = read_yaml(folder.text(path))
    except YamlProblem:
        return {}
    return values if isinstance(values, dict) else {}


def _arranged(entries: dict[str, OutlineNode], arrangement: dict[str, Any]) -> tuple[OutlineNode, ...]:
    wanted = arrangement.get("nav") or arrangement.get("arrange")
    if not isinstance(wanted, list):
        return tuple(entries.values())
    named = [_named(entry) for entry in wanted]
    listed = {name for _, name in named}
    rest = tuple(node for name, node in entries.items() if name not in listed)
    nodes: list[OutlineNode] = []
    for title, name in named:
        if name.startswith("..."):
            nodes += rest
        elif name in entries:
            nodes.append(_titled(entries[name], title))
    return tuple(nodes)


def _named(entry: object) -> tuple[str | None, str]:
    if isinstance(entry, dict) and entry:
        title, name = next(iter(entry.items()))
        return str(title), str(name)
    return None, str(entry)


def _titled(node: OutlineNode, title: str | None) -> OutlineNode:
    if title is None:
        return node
    return (
        OutlinePage(node.path, title)
        if isinstance(node, OutlinePage)
        else OutlineSection(title, node.children)
    )
