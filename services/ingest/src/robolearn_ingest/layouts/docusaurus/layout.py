"""The courses of a Docusaurus site: one for each sidebar."""

import re
from dataclasses import replace

from robolearn.domain.outline import CourseOutline, OutlineNode
from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.layouts.docusaurus.automatic import Automatic
from robolearn_ingest.layouts.docusaurus.docs import Docs
from robolearn_ingest.layouts.docusaurus.sidebars import SidebarReader
from robolearn_ingest.layouts.docusaurus.site import DocsPlugin, Site, open_script, read_site
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import LayoutResult
from robolearn_ingest.layouts.reporting import not_understood
from robolearn_ingest.layouts.scripts import Table

Named = tuple[str, tuple[OutlineNode, ...]]


class Docusaurus:
    """A folder with a docusaurus.config or a sidebars file, in JavaScript or TypeScript."""

    name = "docusaurus"

    def outline(self, folder: Folder) -> LayoutResult | None:
        """A course a sidebar; automatic order where no sidebar can be read. None without such a site."""
        problems: list[Problem] = []
        site = read_site(folder, problems)
        if site is None:
            return None
        courses: list[CourseOutline] = []
        hidden: set[str] = set()
        for plugin in site.plugins:
            docs = Docs(folder.at(plugin.path), plugin)
            if not docs.folder.exists():
                what = f"the docs folder {plugin.path} does not exist"
                problems.append(not_understood(plugin.sidebars or folder.path, None, what))
                continue
            named = _sidebars(folder, docs, problems)
            courses += [_course(site, plugin, name, nodes, len(named)) for name, nodes in named]
            hidden |= docs.hidden
            problems += _notes(docs)
        if len(courses) == 1:
            courses = [replace(courses[0], key="", title=site.title)]
        return LayoutResult(tuple(courses), tuple(problems), frozenset(hidden))


def _sidebars(folder: Folder, docs: Docs, problems: list[Problem]) -> list[Named]:
    path = docs.plugin.sidebars
    if path:
        value = open_script(folder, path, problems).value()
        if isinstance(value, Table) and value:
            reader = SidebarReader(docs, path, problems)
            return [(name, reader.nodes(entries)) for name, entries in value.items()]
        what = "no sidebars can be read here without running the file, so the order is automatic"
        problems.append(not_understood(path, None, what))
    return [("", Automatic(docs, problems).nodes(docs.folder))]


def _course(
    site: Site, plugin: DocsPlugin, sidebar: str, nodes: tuple[OutlineNode, ...], sidebars: int
) -> CourseOutline:
    """A course whose key is the sidebar's name, after that of the docs unless they are the default."""
    parts = [
        plugin.id if plugin.id != "default" else "",
        sidebar if sidebars > 1 or plugin.id == "default" else "",
    ]
    label = site.labels.get(sidebar) or _humanised(sidebar or plugin.id)
    return CourseOutline(
        key="/".join(part for part in parts if part),
        title=f"{site.title}: {label}" if site.title else label,
        layout=Docusaurus.name,
        nodes=nodes,
        scope=plugin.path,
        description=site.tagline,
        language=site.language,
    )


def _humanised(name: str) -> str:
    words = re.sub(r"[-_\s]+|(?<=[a-z])(?=[A-Z])", " ", name).strip().lower()
    return (words.removesuffix(" sidebar") or words).capitalize()


def _notes(docs: Docs) -> list[Problem]:
    problems = []
    for id_, paths in sorted(docs.duplicates.items()):
        reason = f"the id {id_!r} is also that of {paths[0]}, so navigation leads there"
        problems += [
            Problem(path, None, Severity.WARNING, reason, "Give one of them another id.")
            for path in paths[1:]
        ]
    hidden = sorted(docs.hidden)
    if hidden:
        what = "1 page is" if len(hidden) == 1 else f"{len(hidden)} pages are"
        reason = f"{what} a draft, unlisted or a partial (a name with _ in front), and not loaded"
        problems.append(Problem(hidden[0], None, Severity.WARNING, reason, "Publish it to have it loaded."))
    return problems
