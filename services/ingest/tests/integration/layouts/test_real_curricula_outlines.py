"""Real courses against what is known of them: order, titles, breadcrumbs, what is missing or outside."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from robolearn.domain.outline import CourseOutline, OutlineNode, OutlinePage
from robolearn.domain.problems import Severity
from robolearn_ingest.documents import parse_page
from robolearn_ingest.layouts import Outlined, discover
from robolearn_ingest.sources import SourceSettings, SourceTree, open_source

pytestmark = pytest.mark.curricula

NAMES = (
    "docusaurus-physical-ai-textbook", "mkdocs-airsim", "sphinx-pythonrobotics",
    "jupyterbook-automated-driving",
    "readme-hello-ai-world", "readme-mogi-ros-gazebo", "hf-deep-rl-class", "mdbook-multirobot",
)  # fmt: skip


def _load(curricula: Path, name: str) -> tuple[SourceTree, Outlined, dict[str, Any]]:
    expected = json.loads((curricula / "expected" / f"{name}.json").read_text("utf-8"))
    with open_source(str(curricula / name), None, SourceSettings()) as tree:
        return tree, discover(tree), expected


def _rows(
    nodes: tuple[OutlineNode, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[OutlinePage, list[str]]]:
    for node in nodes:
        if isinstance(node, OutlinePage):
            yield node, list(above)
        else:
            yield from _rows(node.children, (*above, node.title))


def _only(outlined: Outlined) -> CourseOutline:
    (course,) = outlined.courses
    return course


def _missing(outlined: Outlined) -> list[str]:
    errors = (problem for problem in outlined.problems if problem.severity is Severity.ERROR)
    return [problem.reason.removeprefix("the navigation names ").split(",")[0] for problem in errors]


def _outside(outlined: Outlined) -> list[str]:
    return sorted(page.path for pages in outlined.outside.values() for page in pages)


def _shown_title(tree: SourceTree, page: OutlinePage) -> str | None:
    parsed, _ = parse_page(page.path, tree.read(page.path), lines=page.lines)
    return page.title or (parsed.title if parsed else None)


def test_docusaurus_is_in_the_order_of_its_sidebar(curricula: Path) -> None:
    tree, outlined, expected = _load(curricula, "docusaurus-physical-ai-textbook")
    course = _only(outlined)
    assert [(page.path, _shown_title(tree, page), above) for page, above in _rows(course.nodes)] == [
        (row["file"], row["title"], row["breadcrumbs"]) for row in expected["ordered"]
    ]
    assert [getattr(node, "title", None) for node in course.nodes] == expected["top_level"]
    assert _missing(outlined) == expected["dangling"]
    assert _outside(outlined) == sorted(expected["not_in_nav"])


def test_mkdocs_is_in_the_order_of_its_nav(curricula: Path) -> None:
    _, outlined, expected = _load(curricula, "mkdocs-airsim")
    assert [(page.path, page.title, above) for page, above in _rows(_only(outlined).nodes)] == [
        (row["file"], row["nav_title"], row["breadcrumbs"]) for row in expected["ordered"] if row["exists"]
    ]
    assert _missing(outlined) == expected["dangling"]
    assert _outside(outlined) == expected["not_in_nav"]


def test_a_readme_is_the_table_of_contents(curricula: Path) -> None:
    _, outlined, expected = _load(curricula, "readme-hello-ai-world")
    first: dict[str, tuple[str, list[str]]] = {}
    parents = {tuple(row["breadcrumbs"]) for row in expected["ordered"]}
    for row in expected["ordered"]:
        target = (row["target"] or "").split("#")[0]
        own = (*row["breadcrumbs"], row["label"])
        if target and "://" not in target:  # a page with others below it is the first page of their section
            first.setdefault(target, (row["label"], list(own) if own in parents else row["breadcrumbs"]))
    course = _only(outlined)
    rows = [(page.path, (page.title, above)) for page, above in _rows(course.nodes)]
    assert rows == list(first.items())
    assert len(rows) == expected["distinct_files"]
    assert [getattr(node, "title", None) for node in course.nodes] == expected["sections"]
    assert _missing(outlined) == expected["dangling"]
    assert _outside(outlined) == sorted(expected["not_in_toc"])


def test_one_readme_is_one_lesson_a_section(curricula: Path) -> None:
    _, outlined, expected = _load(curricula, "readme-mogi-ros-gazebo")
    course = _only(outlined)
    titles = [row["text"] for row in expected["headings"] if row["level"] == 1]
    assert [page.title for page, _ in _rows(course.nodes)] == [
        one for one in titles if one != "Table of Contents"
    ]
    assert course.title == titles[0]


def test_hugging_face_is_in_the_order_of_its_toctree(curricula: Path) -> None:
    _, outlined, expected = _load(curricula, "hf-deep-rl-class")
    assert [(page.path, page.title, above) for page, above in _rows(_only(outlined).nodes)] == [
        (row["file"], row["nav_title"], row["breadcrumbs"]) for row in expected["ordered"]
    ]
    assert (_missing(outlined), _outside(outlined)) == (expected["dangling"], expected["not_in_toctree"])


def test_mdbook_is_in_the_order_of_its_summary(curricula: Path) -> None:
    _, outlined, expected = _load(curricula, "mdbook-multirobot")
    parents = {tuple(row["breadcrumbs"]) for row in expected["ordered"]}
    wanted = []
    for row in expected["ordered"]:
        own = (*row["breadcrumbs"], row["title"])
        wanted.append((row["file"], row["title"], list(own) if own in parents else row["breadcrumbs"]))
    assert [(page.path, page.title, above) for page, above in _rows(_only(outlined).nodes)] == wanted
    assert (_missing(outlined), _outside(outlined)) == (expected["dangling"], expected["not_in_summary"])


@pytest.mark.parametrize("name", NAMES)
def test_every_curriculum_loads_each_page_once(curricula: Path, name: str) -> None:
    tree, outlined, _ = _load(curricula, name)
    paths = [page.key for course in outlined.courses for page, _ in _rows(course.nodes)] + _outside(outlined)
    assert paths
    assert len(paths) == len(set(paths))
    assert {path.split("#")[0] for path in paths} <= tree.files.keys()
    assert all(course.title for course in outlined.courses)
