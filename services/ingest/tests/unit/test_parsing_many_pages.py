"""Many pages at once, in one process or in several."""

import gc

import pytest

from robolearn.domain.outline import OutlinePage
from robolearn_ingest.loading import parsing
from robolearn_ingest.loading.parsing import parse_pages
from robolearn_ingest.loading.placing import PlacedPage
from robolearn_ingest.sources.tree import tree_of

PAGES = {f"{number}.md": f"# Page {number}\n\nRobot {number}.\n".encode() for number in range(40)}
TREE = tree_of("/course", PAGES)
PLACED = [PlacedPage("", OutlinePage(path), None, 1, True) for path in PAGES]


def test_several_processes_parse_as_one_does_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    alone = parse_pages(TREE, PLACED, lambda *_: None)
    monkeypatch.setattr(parsing, "POOL_FROM_BYTES", 0)
    shared = parse_pages(TREE, PLACED, lambda done, total: told.append((done, total)))
    assert shared == alone
    assert [page.title for page, _ in alone if page] == [f"Page {number}" for number in range(40)]
    assert told == [(done, 40) for done in range(1, 41)]


def test_the_collector_is_left_as_it_was() -> None:
    parse_pages(TREE, PLACED, lambda *_: None)
    assert gc.isenabled()
