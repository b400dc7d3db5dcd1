"""Real courses from files to the catalogue: order, titles, what dangles, what is outside the navigation."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from robolearn import bootstrap
from robolearn.domain.catalogue import CourseTree, LessonEntry, ModuleNode
from robolearn.settings import DatabaseSettings
from robolearn.storage.curriculum import curriculum_session
from robolearn_ingest.loading import LoadReport, load_curriculum
from robolearn_ingest.sources import SourceSettings, open_source

pytestmark = pytest.mark.curricula

DOCUSAURUS = "docusaurus-physical-ai-textbook"
MKDOCS = "mkdocs-airsim"
README_CONTENTS = "readme-hello-ai-world"
ONE_README = "readme-mogi-ros-gazebo"
ALL = (
    DOCUSAURUS,
    MKDOCS,
    README_CONTENTS,
    ONE_README,
    "hf-deep-rl-class",
    "jupyterbook-automated-driving",
    "mdbook-multirobot",
    "sphinx-pythonrobotics",
)
# How each layout's expectations name the file and the title of a page in the navigation.
NAMES = {
    DOCUSAURUS: ("file", "title", "not_in_nav"),
    MKDOCS: ("file", "nav_title", "not_in_nav"),
    README_CONTENTS: ("target", "label", "not_in_toc"),
}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = bootstrap.pool(DatabaseSettings(url=SecretStr(database_url)))
    yield engine
    engine.dispose()


def _load(engine: Engine, folder: Path) -> LoadReport:
    with open_source(str(folder), None, SourceSettings()) as tree:
        return load_curriculum(partial(curriculum_session, engine), tree)


def _only_course(engine: Engine) -> CourseTree:
    catalogue = bootstrap.catalogue(engine)
    [summary] = catalogue.courses()
    return catalogue.course(summary.slug)


def _lessons(children: tuple[ModuleNode | LessonEntry, ...]) -> Iterator[LessonEntry]:
    for child in children:
        if isinstance(child, LessonEntry):
            yield child
        else:
            yield from _lessons(child.children)


def _expected(curricula: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((curricula / "expected" / f"{name}.json").read_text())
    return found


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_authors_order_and_titles(name: str, curricula: Path, engine: Engine) -> None:
    _load(engine, curricula / name)
    expected = _expected(curricula, name)
    file, title, _ = NAMES[name]
    wanted: dict[str, str] = {}
    for page in expected["ordered"]:
        path = (page[file] or "").partition("#")[0]
        leads_out = not path or "://" in path
        if not leads_out and path not in expected["dangling"]:
            wanted.setdefault(path, page[title])
    found = [(one.source_path, one.title) for one in _lessons(_only_course(engine).children)]
    assert found == list(wanted.items())


@pytest.mark.parametrize("name", sorted(NAMES))
def test_pages_outside_the_navigation_are_loaded_and_marked(
    name: str, curricula: Path, engine: Engine
) -> None:
    _load(engine, curricula / name)
    outside = {one.source_path for one in _only_course(engine).extra}
    assert set(_expected(curricula, name)[NAMES[name][2]]) <= outside


def test_dangling_targets_are_problems_with_their_place(curricula: Path, engine: Engine) -> None:
    report = _load(engine, curricula / MKDOCS)
    told = [one for one in report.problems if one.path == "mkdocs.yml"]
    for target in ("README.md", "api_docs/html/index.html"):
        [problem] = [one for one in told if target in one.reason]
        assert problem.line
        assert problem.advice


def test_one_big_readme_becomes_a_lesson_for_each_top_section(curricula: Path, engine: Engine) -> None:
    _load(engine, curricula / ONE_README)
    headings = _expected(curricula, ONE_README)["headings"]
    wanted = [one["text"] for one in headings if one["level"] == 1 and one["text"] != "Table of Contents"]
    assert [one.title for one in _lessons(_only_course(engine).children)] == wanted


@pytest.mark.parametrize("name", ALL)
def test_every_real_curriculum_loads_and_a_second_time_changes_nothing(
    name: str, curricula: Path, engine: Engine
) -> None:
    first = _load(engine, curricula / name)
    assert first.counts["added"] > 0
    assert first.counts["passages"] >= first.counts["added"]
    again = _load(engine, curricula / name)
    assert not again.written
    assert again.problems == first.problems
