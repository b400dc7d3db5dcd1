"""Outlines of small trees that are written down in the test."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from robolearn.domain.outline import OutlineNode, OutlinePage
from robolearn_ingest.layouts import Outlined, discover
from robolearn_ingest.sources.tree import tree_of

Discover = Callable[[Mapping[str, str]], Outlined]


def _shape(nodes: tuple[OutlineNode, ...]) -> list[Any]:
    return [
        node.key if isinstance(node, OutlinePage) else {node.title: _shape(node.children)} for node in nodes
    ]


@pytest.fixture
def discovered() -> Discover:
    """The outline of files given as path -> text."""
    return lambda files: discover(
        tree_of("/courses/robots", {path: text.encode() for path, text in files.items()})
    )


@pytest.fixture
def shape() -> Callable[[tuple[OutlineNode, ...]], list[Any]]:
    """Nodes as lists: a page is its key, a section is {title: children}."""
    return _shape
