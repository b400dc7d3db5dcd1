"""A fault in one layout costs one folder its order, and is told."""

from collections.abc import Callable
from typing import Any

import pytest

from robolearn.domain.problems import Severity
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.mkdocs import MkDocs

COURSES = {
    "good/mkdocs.yml": "nav: [b.md, a.md]", "good/docs/a.md": "# A", "good/docs/b.md": "# B",
    "odd/mkdocs.yml": "nav: [d.md, c.md]", "odd/docs/c.md": "# C", "odd/docs/d.md": "# D",
}  # fmt: skip


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    outline = MkDocs.outline

    def raising(self: MkDocs, folder: Folder) -> Any:
        if folder.path == "odd":
            raise KeyError("nav")
        return outline(self, folder)

    monkeypatch.setattr(MkDocs, "outline", raising)


@pytest.mark.usefixtures("stumbling")
def test_the_other_courses_load_and_its_pages_are_not_lost(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    outlined = discovered(COURSES | {"more/mkdocs.yml": "nav: [e.md]", "more/docs/e.md": "# E"})
    by_key = {one.key: one for one in outlined.courses}
    assert shape(by_key["good"].nodes) == ["good/docs/b.md", "good/docs/a.md"]
    assert "more" in by_key
    assert {"odd/docs/c.md", "odd/docs/d.md"} <= set(str(by_key["odd"].nodes).split("'"))


@pytest.mark.usefixtures("stumbling")
def test_the_fault_is_one_problem_that_names_layout_folder_and_cause(discovered: Callable[..., Any]) -> None:
    [problem] = [one for one in discovered(COURSES).problems if one.severity is Severity.ERROR]
    assert problem.path == "odd"
    assert "mkdocs" in problem.reason
    assert "KeyError: 'nav'" in problem.reason


def test_a_fault_at_the_root_still_loads_every_page(
    discovered: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def raising(_: MkDocs, folder: Folder) -> Any:
        raise RecursionError(folder.path)

    monkeypatch.setattr(MkDocs, "outline", raising)
    outlined = discovered({"mkdocs.yml": "nav: [a.md]", "docs/a.md": "# A", "docs/b.md": "# B"})
    [course] = outlined.courses
    assert course.layout == "folder"
    assert "." in {one.path for one in outlined.problems}
