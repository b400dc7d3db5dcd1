"""Each page once, at the first place its author gave it, and no section without a page."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from robolearn.domain.outline import OutlineNode, OutlinePage, OutlineSection
from robolearn_ingest.documents.rules.marks import shown_title


def pruned(nodes: Iterable[OutlineNode], seen: set[str]) -> tuple[OutlineNode, ...]:
    """The nodes without pages that are in `seen` already (which is added to) and without empty sections."""
    kept: list[OutlineNode] = []
    for node in nodes:
        if isinstance(node, OutlinePage):
            if node.key not in seen:
                seen.add(node.key)
                kept.append(node)
        elif children := pruned(node.children, seen):
            kept.append(OutlineSection(node.title, children))
    return tuple(kept)


def unwrapped(nodes: tuple[OutlineNode, ...]) -> tuple[OutlineNode, ...]:
    """The nodes without a section that is the only one around everything."""
    while len(nodes) == 1 and isinstance(nodes[0], OutlineSection):
        nodes = nodes[0].children
    return nodes


def with_shown_titles(nodes: Iterable[OutlineNode]) -> tuple[OutlineNode, ...]:
    """The nodes with every title as readers are to see it."""
    return tuple(_with_shown_title(node) for node in nodes)


def _with_shown_title(node: OutlineNode) -> OutlineNode:
    if isinstance(node, OutlineSection):
        return OutlineSection(shown_title(node.title), with_shown_titles(node.children))
    return replace(node, title=shown_title(node.title)) if node.title else node


def paths_in(nodes: Iterable[OutlineNode]) -> Iterator[str]:
    """The paths of all pages, in order."""
    for node in nodes:
        if isinstance(node, OutlinePage):
            yield node.path
        else:
            yield from paths_in(node.children)
