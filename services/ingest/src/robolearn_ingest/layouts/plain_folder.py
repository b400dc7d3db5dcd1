"""A folder of Markdown files without any navigation: folders are modules, names give the order."""

from posixpath import basename

from robolearn.domain.outline import CourseOutline, OutlineNode, OutlinePage, OutlineSection
from robolearn_ingest.documents import headings_of
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import LayoutResult
from robolearn_ingest.layouts.names import is_about_project, is_front_page, natural_key, title_of_name


class PlainFolder:
    """The layout of last resort: every page is found, in natural order."""

    name = "folder"

    def outline(self, folder: Folder) -> LayoutResult | None:
        """All pages; None if there are none."""
        nodes = folder_nodes(folder)
        if len([child for child in folder.folders if child.pages]) == 1:
            nodes = _opened(nodes)
        if not nodes:
            return None
        course = CourseOutline("", "", self.name, nodes, folder.path)
        return LayoutResult((course,))


def _opened(nodes: tuple[OutlineNode, ...]) -> tuple[OutlineNode, ...]:
    """The nodes with what is in a lone `docs` or `src`, which is no module, in its place."""
    each = (node.children if isinstance(node, OutlineSection) else (node,) for node in nodes)
    return tuple(node for inner in each for node in inner)


def folder_nodes(folder: Folder) -> tuple[OutlineNode, ...]:
    """The pages and sections of a folder in natural order, its front page first."""
    pages = [(path, OutlinePage(path)) for path in folder.own_pages if not is_about_project(path)]
    below = [(child.path, _section(child)) for child in folder.folders]
    entries: list[tuple[str, OutlineNode | None]] = [*pages, *below]
    return tuple(node for path, node in sorted(entries, key=lambda one: _order(*one)) if node)


def _section(folder: Folder) -> OutlineNode | None:
    children = folder_nodes(folder)
    if not children:
        return None
    if len(children) == 1 and isinstance(children[0], OutlinePage):
        return children[0]  # one page in a folder of its own is a lesson, not a module
    return OutlineSection(section_title(folder), children)


def section_title(folder: Folder) -> str:
    """What a folder is called: as its front page says, else by its name."""
    front = folder.front_page
    headings = headings_of(folder.text(front)) if front else ()
    first = next((heading.text for heading in headings if heading.level == 1), None)
    return first or title_of_name(folder.name)


def _order(path: str, node: OutlineNode | None) -> tuple[bool, bool, bool, list[str | int]]:
    """Front page, then what is numbered, then other pages, then other folders."""
    name = basename(path)
    numbered = name[:1].isdigit()
    is_page = isinstance(node, OutlinePage) and node.path == path
    return not (is_page and is_front_page(path)), not numbered, not (numbered or is_page), natural_key(name)
