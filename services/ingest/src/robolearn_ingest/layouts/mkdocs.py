"""MkDocs: `nav:` in mkdocs.yml."""

import re
from fnmatch import fnmatch
from posixpath import dirname
from typing import Any

from robolearn.domain.outline import CourseOutline, OutlineNode, OutlinePage, OutlineSection
from robolearn.domain.problems import Problem
from robolearn_ingest.layouts.contents import Contents
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import LayoutResult
from robolearn_ingest.layouts.link_lists import read_lists
from robolearn_ingest.layouts.mkdocs_automatic import automatic_nodes
from robolearn_ingest.layouts.pruning import unwrapped
from robolearn_ingest.layouts.reporting import broken_file, leaves_source, missing_target, not_understood
from robolearn_ingest.sources.interest import is_page
from robolearn_ingest.yaml_reading import YamlProblem, read_yaml

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#")
_INCLUDE = re.compile(r"(?:!include\s+)?(?P<file>\S.*\.ya?ml)\s*")


class MkDocs:
    """A folder with a mkdocs.yml."""

    name = "mkdocs"

    def outline(self, folder: Folder) -> LayoutResult | None:
        """The navigation; MkDocs' automatic one where none is given or it cannot be read."""
        path = folder.find("mkdocs.yml", "mkdocs.yaml")
        if path is None:
            return None
        problems: list[Problem] = []
        config = _config(folder, path, problems)
        docs = _docs_folder(folder, config, path, problems)
        hidden = _excluded(docs, config)
        summary = docs.find("SUMMARY.md") if "literate-nav" in str(config.get("plugins")) else None
        if config.get("nav"):
            nodes = _Navigation(docs, path, hidden, problems).nodes(config["nav"])
        elif summary:
            hidden |= {summary}
            contents = Contents(docs, summary, about_project=True, problems=problems)
            nodes = unwrapped(contents.nodes(read_lists(docs.text(summary))))
        else:
            nodes = automatic_nodes(docs, hidden)
        return LayoutResult((_course(config, nodes, docs),), tuple(problems), hidden)


def _course(config: dict[str, Any], nodes: tuple[OutlineNode, ...], docs: Folder) -> CourseOutline:
    return CourseOutline(
        key="",
        title=_text(config.get("site_name")) or "",
        layout=MkDocs.name,
        nodes=nodes,
        scope=docs.path,
        description=_text(config.get("site_description")),
        language=_language(config.get("theme")),
    )


def _config(folder: Folder, path: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        values = read_yaml(folder.text(path))
    except YamlProblem as problem:
        problems.append(broken_file(path, problem.line, f"the YAML is broken: {problem.reason}"))
        return {}
    if not isinstance(values, dict):
        problems.append(broken_file(path, None, "the file holds no settings"))
        return {}
    if "INHERIT" in values and "nav" not in values:
        problems.append(not_understood(path, None, "INHERIT is not followed, so no navigation was found"))
    return values


def _docs_folder(folder: Folder, config: dict[str, Any], path: str, problems: list[Problem]) -> Folder:
    name = _text(config.get("docs_dir")) or "docs"
    docs = folder.join(name)
    if docs is None:
        problems.append(leaves_source(path, None, name))
    return folder.at(docs if docs is not None else folder.join("docs") or "docs")


def _excluded(docs: Folder, config: dict[str, Any]) -> frozenset[str]:
    """Pages that `exclude_docs` and `draft_docs` leave out, by the simple ones of its patterns."""
    lines = f"{config.get('exclude_docs') or ''}\n{config.get('draft_docs') or ''}".splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(("#", "!"))]
    start = len(docs.path) + 1 if docs.path else 0
    return frozenset(path for path in docs.pages if any(_matches(path[start:], one) for one in patterns))


def _matches(path: str, pattern: str) -> bool:
    anchored = pattern.lstrip("/").removesuffix("/")
    if "/" in pattern.removesuffix("/"):
        return fnmatch(path, anchored) or path.startswith(f"{anchored}/")
    return any(fnmatch(part, anchored) for part in path.split("/"))


def _text(value: object) -> str | None:
    """A text; of a list the last, which is the default of an `!ENV` tag."""
    last = value[-1] if isinstance(value, list) and value else value
    return last.strip() or None if isinstance(last, str) else None


def _language(theme: object) -> str | None:
    return _text(theme.get("language")) if isinstance(theme, dict) else None


class _Navigation:
    """Reads `nav:` once it is plain values."""

    def __init__(
        self,
        docs: Folder,
        path: str,
        hidden: frozenset[str],
        problems: list[Problem],
        above: frozenset[str] = frozenset(),
    ) -> None:
        self._docs = docs
        self._path = path
        self._files = above | {path}
        self._lines = docs.text(path).split("\n")
        self._start = next((n for n, line in enumerate(self._lines) if re.match(r"nav\s*:", line)), 0)
        self._hidden = hidden
        self._problems = problems

    def nodes(self, entries: object) -> tuple[OutlineNode, ...]:
        """The nodes of a list of entries, or of a mapping of titles."""
        if isinstance(entries, dict):
            entries = [{title: value} for title, value in entries.items()]
        if not isinstance(entries, list):
            self._problems.append(not_understood(self._path, self._start + 1, "`nav` is not a list"))
            return ()
        return tuple(node for entry in entries for node in self._entry(entry))

    def _entry(self, entry: object) -> tuple[OutlineNode, ...]:
        if isinstance(entry, dict):
            return tuple(node for title, value in entry.items() for node in self._titled(str(title), value))
        return self._target(entry, None)

    def _titled(self, title: str, value: object) -> tuple[OutlineNode, ...]:
        if isinstance(value, list | dict):
            return (OutlineSection(title, self.nodes(value)),)
        return self._target(value, title)

    def _target(self, value: object, title: str | None) -> tuple[OutlineNode, ...]:
        if not isinstance(value, str) or not value.strip():
            shown = f"the entry {title!r} names no page" if title else f"an entry is {value!r}, no page"
            self._problems.append(not_understood(self._path, self._line(title or str(value)), shown))
            return ()
        if _LINK.match(value) and not self._docs.has(f"{self._docs.path}/{value.lstrip('/')}".lstrip("/")):
            return ()
        if included := _INCLUDE.fullmatch(value):
            return self._included(included["file"], title)
        if "*" in value:
            shown = f"{value!r} stands for pages by a plugin, which is not run"
            self._problems.append(not_understood(self._path, self._line(value), shown))
            return ()
        return self._page(value, title)

    def _included(self, file: str, title: str | None) -> tuple[OutlineNode, ...]:
        """The navigation of another site of the source, as the monorepo plugin puts it into this one."""
        path = self._docs.at(dirname(self._path)).join(file)
        if path is None or not self._docs.has(path) or path in self._files:
            what = "which includes this one" if path in self._files else "which is not in this source"
            shown = f"the navigation includes {file}, {what}"
            self._problems.append(not_understood(self._path, self._line(file), shown))
            return ()
        folder = self._docs.at(dirname(path))
        config = _config(folder, path, self._problems)
        docs = _docs_folder(folder, config, path, self._problems)
        hidden = _excluded(docs, config)
        inner = _Navigation(docs, path, hidden, self._problems, self._files)
        nodes = inner.nodes(config["nav"]) if config.get("nav") else automatic_nodes(docs, hidden)
        return (OutlineSection(title or _text(config.get("site_name")) or docs.name, nodes),)

    def _page(self, value: str, title: str | None) -> tuple[OutlineNode, ...]:
        path = self._docs.join(value.split("#", maxsplit=1)[0].lstrip("/"))
        if path is None or not _is_under(path, self._docs.path):
            self._problems.append(leaves_source(self._path, self._line(value), value))
        elif path in self._hidden:
            return ()
        elif self._docs.has(path) and is_page(path):
            return (OutlinePage(path, title),)
        elif self._docs.at(path).exists():
            children = automatic_nodes(self._docs.at(path), self._hidden)
            return (OutlineSection(title, children),) if title else children
        else:
            self._problems.append(missing_target(self._docs, self._path, self._line(value), path))
        return ()

    def _line(self, text: str) -> int | None:
        exact = re.compile(rf"(?<![\w./-]){re.escape(text)}(?![\w./-])")
        lines = enumerate(self._lines[self._start :], self._start + 1)
        return next((number for number, line in lines if text in line and exact.search(line)), None)


def _is_under(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
