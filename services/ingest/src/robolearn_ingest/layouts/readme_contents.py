"""A plain folder whose README is the table of contents."""

import re
from posixpath import commonpath, dirname

from robolearn.domain.outline import CourseOutline, OutlineNode
from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.documents import headings_of
from robolearn_ingest.layouts.contents import Contents
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import LayoutResult
from robolearn_ingest.layouts.link_lists import read_lists, without_front_matter
from robolearn_ingest.layouts.names import is_about_project, is_front_page
from robolearn_ingest.layouts.pruning import paths_in, pruned, unwrapped

# How much of a folder its README has to link to, to be taken for its table of contents.
MIN_PAGES = 3
MIN_SHARE = 0.25
MOST_SHARE = 0.6


class ReadmeContents:
    """A README whose lists (or, failing that, tables) link to a good part of the pages."""

    name = "readme-contents"

    def outline(self, folder: Folder) -> LayoutResult | None:
        """The README's order; None if the README links to few of the pages."""
        readme = folder.front_page
        if readme is None:
            return None
        text = without_front_matter(folder.text(readme))
        for tables in (False, True):
            contents = Contents(folder, readme)
            nodes = unwrapped(pruned(contents.nodes(read_lists(text, tables=tables)), set()))
            if _is_evidence(folder, readme, nodes):
                return _result(folder, readme, text, nodes, contents.problems)
        return None


def _is_evidence(folder: Folder, readme: str, nodes: tuple[OutlineNode, ...]) -> bool:
    linked = set(paths_in(nodes))
    inside = f"{_linked_folder(folder, linked)}/".lstrip("/")
    pages = {path for path in folder.pages if path.startswith(inside) and not is_about_project(path)} - {
        readme
    }
    share = len(linked & pages) / max(len(pages), 1)
    enough = len(linked) >= MIN_PAGES and share >= MIN_SHARE
    return enough or (len(linked) == MIN_PAGES - 1 and share >= MOST_SHARE)


def _linked_folder(folder: Folder, linked: set[str]) -> str:
    """The innermost folder that holds all linked pages."""
    folders = {dirname(path) for path in linked}
    return commonpath(folders) if folders and "" not in folders else folder.path


def _result(
    folder: Folder, readme: str, text: str, nodes: tuple[OutlineNode, ...], problems: list[Problem]
) -> LayoutResult:
    apart = _readmes_apart(folder, readme, set(paths_in(nodes)))
    if apart:
        problems = [*problems, _note(sorted(apart))]
    title = next((heading.text for heading in headings_of(text) if heading.level == 1), "")
    course = CourseOutline("", title, ReadmeContents.name, nodes, folder.path, _description(text))
    return LayoutResult((course,), tuple(problems), frozenset({readme, *apart}))


def _readmes_apart(folder: Folder, readme: str, linked: set[str]) -> set[str]:
    """READMEs of folders that the contents never lead into: they describe code, not lessons."""
    tops = {_top(folder, path) for path in linked}
    return {
        path
        for path in folder.pages
        if path != readme and path not in linked and is_front_page(path) and _top(folder, path) not in tops
    }


def _top(folder: Folder, path: str) -> str:
    inside = path[len(folder.path) :].lstrip("/")
    return inside.split("/")[0] if "/" in inside else ""


def _note(apart: list[str]) -> Problem:
    what = "1 README" if len(apart) == 1 else f"{len(apart)} READMEs"
    reason = f"{what} in folders that the table of contents does not lead into, not loaded"
    return Problem(
        apart[0], None, Severity.WARNING, reason, "Link to a page of the folder to have it loaded."
    )


def _description(text: str) -> str | None:
    """The first paragraph after the first heading, if it is plain text."""
    after = re.split(r"(?m)^#[^\n]*\n", text, maxsplit=1)[-1]
    for block in re.split(r"\n\s*\n", after):
        words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*`_]{1,3}", r"\1", " ".join(block.split()))
        if words and words[0].isalnum():
            return words[:500]
    return None
