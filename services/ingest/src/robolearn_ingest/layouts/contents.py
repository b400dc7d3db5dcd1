"""Turns lists of links (a README, a SUMMARY.md) into the nodes of an outline."""

import re
from dataclasses import dataclass, field
from posixpath import dirname
from urllib.parse import unquote

from robolearn.domain.outline import OutlineNode, OutlinePage, OutlineSection
from robolearn.domain.problems import Problem
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.link_lists import Item, Link, Part, read_lists
from robolearn_ingest.layouts.names import is_about_project, is_front_page, title_of_name
from robolearn_ingest.layouts.plain_folder import folder_nodes
from robolearn_ingest.layouts.pruning import paths_in, pruned, unwrapped
from robolearn_ingest.layouts.reporting import leaves_source, missing_target
from robolearn_ingest.sources.interest import is_page

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_OVER = re.compile(r"\b(deprecated|obsolete|outdated|archived?|legacy)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"(click )?(here|links?|(readme|index)(\.md)?|notes?|slides?|lessons?|lectures?|labs?"
    r"|exercises?|solutions?|code|materials?|handouts?|docs?|open|read( more)?|go|view|more)",
    re.IGNORECASE,
)

_CHAPTER_PAGES = 2


@dataclass
class Contents:
    """Reads the links of one file. `about_project` tells whether pages such as CHANGELOG.md count."""

    folder: Folder
    path: str
    about_project: bool = False
    problems: list[Problem] = field(default_factory=list)
    chapters: set[str] = field(default_factory=set)

    def nodes(self, part: Part) -> tuple[OutlineNode, ...]:
        """The nodes of a part. What its author calls deprecated or legacy is no part of the order."""
        nodes: list[OutlineNode] = []
        for child in part.children:
            if isinstance(child, Item):
                nodes += self._item(child)
            elif not _OVER.search(child.title):
                nodes.append(_section(child, self.nodes(child)))
        return tuple(nodes)

    def _item(self, item: Item) -> list[OutlineNode]:
        own = self._pages(item)
        below = [node for child in item.children for node in self._item(child)]
        if not below:
            return own
        title = (item.links[0].label if item.links else "") or item.label
        return [OutlineSection(title.rstrip(":"), (*own, *below))] if title else [*own, *below]

    def _pages(self, item: Item) -> list[OutlineNode]:
        nodes: list[OutlineNode] = []
        for link in item.links:
            nodes += self._link(link, item)
        return nodes

    def _link(self, link: Link, item: Item) -> list[OutlineNode]:
        if not link.target or link.target.startswith(("#", "?")) or _ELSEWHERE.match(link.target):
            return []
        target = unquote(link.target.split("#")[0].split("?")[0])
        path = self._resolved(target)
        if path is None:
            self.problems.append(leaves_source(self.path, item.line, target))
            return []
        return self._found(path, link, item)

    def _resolved(self, target: str) -> str | None:
        """The path of a link; one that begins with a slash starts at the root, as on GitHub."""
        if target.startswith("/"):
            return self.folder.at("").join(target.lstrip("/") or ".")
        return self.folder.at(dirname(self.path)).join(target)

    def _found(self, path: str, link: Link, item: Item) -> list[OutlineNode]:
        title = _title(link, item)
        if self.folder.has(path) and is_page(path):
            wanted = path != self.path and (self.about_project or not is_about_project(path))
            return self._page(path, title) if wanted else []
        if self.folder.has(f"{path}.md"):  # as a wiki and some sites write it
            return self._page(f"{path}.md", title)
        linked = self.folder.at(path)
        if path != self.folder.path and linked.exists():
            return self._linked_folder(linked, title or linked.name)
        if is_page(path):
            self.problems.append(missing_target(self.folder, self.path, item.line, path))
        return []

    def _page(self, path: str, title: str | None) -> list[OutlineNode]:
        """A page; with what its own contents list, if it is the front page of a folder further down."""
        below = self.folder.at(dirname(path))
        page = OutlinePage(path, title)
        is_below = below.path.startswith(f"{dirname(self.path)}/".lstrip("/"))
        if not is_front_page(path) or not is_below or path in self.chapters:
            return [page]
        self.chapters.add(path)
        inner = Contents(below, path, self.about_project, chapters=self.chapters)
        linked = inner.nodes(read_lists(below.text(path)))
        elsewhere = {one for one in paths_in(linked) if not one.startswith(f"{below.path}/")}
        nodes = unwrapped(pruned(linked, elsewhere | {path}))
        if len(list(paths_in(nodes))) < _CHAPTER_PAGES:
            return [page]
        self.problems += inner.problems
        return [OutlineSection(title or title_of_name(below.name), (page, *nodes))]

    def _linked_folder(self, linked: Folder, title: str) -> list[OutlineNode]:
        """A link to a folder is one to its front page, or to all of it where there is none."""
        if linked.front_page:
            return self._page(linked.front_page, title)
        return [OutlineSection(title, folder_nodes(linked))]


def _section(part: Part, nodes: tuple[OutlineNode, ...]) -> OutlineNode:
    """A section; where its heading links to the only page in it, that page under the heading's words."""
    first = part.children[0] if part.children else None
    if isinstance(first, Item) and first.line == part.line and len(nodes) == 1:
        node = nodes[0]
        return OutlinePage(node.path, part.title) if isinstance(node, OutlinePage) else node
    return OutlineSection(part.title, nodes)


def _title(link: Link, item: Item) -> str | None:
    texts = (text.strip(" :–-") for text in (link.label, item.label))
    return next((text for text in texts if text and not _VAGUE.fullmatch(text)), None)
