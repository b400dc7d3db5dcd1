"""mdBook and GitBook: SUMMARY.md."""

import tomllib
from typing import Any

from robolearn.domain.outline import CourseOutline
from robolearn.domain.problems import Problem
from robolearn_ingest.layouts.contents import Contents
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import LayoutResult
from robolearn_ingest.layouts.link_lists import Part, read_lists
from robolearn_ingest.layouts.pruning import unwrapped
from robolearn_ingest.layouts.reporting import broken_file


class MdBook:
    """A folder with a SUMMARY.md, where book.toml says or beside the README."""

    name = "mdbook"

    def outline(self, folder: Folder) -> LayoutResult | None:
        """The summary's chapters and parts; None without a summary."""
        problems: list[Problem] = []
        book = _book(folder, problems)
        source = folder.join(str(book.get("src") or "src"))
        places = [folder.at(source)] if source is not None else []
        summary = next((found for place in [*places, folder] if (found := place.find("SUMMARY.md"))), None)
        if summary is None:
            return None
        contents = Contents(folder, summary, about_project=True, problems=problems)
        part = read_lists(folder.text(summary), paragraphs=True)
        nodes = unwrapped(contents.nodes(_lifted(part)))
        if not nodes and not book:  # a page that happens to be called SUMMARY.md
            return None
        course = CourseOutline(
            key="",
            title=str(book.get("title") or ""),
            layout=self.name,
            nodes=nodes,
            scope=summary.rpartition("/")[0],
            description=str(book["description"]) if book.get("description") else None,
            language=str(book["language"]) if book.get("language") else None,
        )
        return LayoutResult((course,), tuple(problems), frozenset({summary}))


def _book(folder: Folder, problems: list[Problem]) -> dict[str, Any]:
    path = folder.find("book.toml")
    if path is None:
        return {}
    try:
        book = tomllib.loads(folder.text(path)).get("book", {})
    except tomllib.TOMLDecodeError as error:
        problems.append(broken_file(path, None, f"the TOML is broken: {error}"))
        return {}
    return book if isinstance(book, dict) else {}


def _lifted(summary: Part) -> Part:
    """The summary without its own title: what stands under "Summary" stands at the top."""
    children = []
    for child in summary.children:
        if isinstance(child, Part) and child.title.lower() in {"summary", "table of contents", "contents"}:
            children += _lifted(child).children
        else:
            children.append(child)
    return Part(summary.title, summary.level, summary.line, children)
