"""Hugging Face's doc-builder: `_toctree.yml` beside MDX pages."""

import re

from robolearn.domain.outline import CourseOutline, OutlineNode, OutlinePage, OutlineSection
from robolearn.domain.problems import Problem
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import LayoutResult
from robolearn_ingest.layouts.reporting import broken_file, missing_target, not_understood
from robolearn_ingest.sources.interest import PAGE_ENDINGS
from robolearn_ingest.yaml_reading import YamlProblem, read_yaml


class HuggingFace:
    """A folder with a _toctree.yml."""

    name = "hugging-face"

    def outline(self, folder: Folder) -> LayoutResult | None:
        """The toctree's sections and pages; None without one."""
        path = folder.find("_toctree.yml", "_toctree.yaml")
        if path is None:
            return None
        problems: list[Problem] = []
        nodes = _Toctree(folder, path, problems).read()
        language = folder.name if re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", folder.name) else None
        course = CourseOutline("", "", self.name, nodes, folder.path, language=language)
        return LayoutResult((course,), tuple(problems))


class _Toctree:
    def __init__(self, folder: Folder, path: str, problems: list[Problem]) -> None:
        self._folder = folder
        self._path = path
        self._text = folder.text(path)
        self._problems = problems

    def read(self) -> tuple[OutlineNode, ...]:
        try:
            entries = read_yaml(self._text)
        except YamlProblem as problem:
            reason = f"the YAML is broken: {problem.reason}"
            self._problems.append(broken_file(self._path, problem.line, reason))
            return ()
        return self._nodes(entries)

    def _nodes(self, entries: object) -> tuple[OutlineNode, ...]:
        if not isinstance(entries, list):
            self._problems.append(not_understood(self._path, None, "the toctree is not a list"))
            return ()
        return tuple(node for entry in entries for node in self._entry(entry))

    def _entry(self, entry: object) -> tuple[OutlineNode, ...]:
        if not isinstance(entry, dict) or not (entry.get("local") or entry.get("sections")):
            self._problems.append(not_understood(self._path, None, f"{entry!r:.80} names no page"))
            return ()
        title = str(entry["title"]) if entry.get("title") else None
        own = self._page(str(entry["local"]), title) if entry.get("local") else ()
        if not entry.get("sections"):
            return own
        return (OutlineSection(title or "", (*own, *self._nodes(entry["sections"]))),)

    def _page(self, local: str, title: str | None) -> tuple[OutlineNode, ...]:
        stem = self._folder.join(local)
        for ending in (".mdx", ".md", *sorted(PAGE_ENDINGS)):
            if stem is not None and self._folder.has(f"{stem}{ending}"):
                return (OutlinePage(f"{stem}{ending}", title),)
        self._problems.append(
            missing_target(self._folder, self._path, self._line(local), f"{stem or local}.mdx")
        )
        return ()

    def _line(self, local: str) -> int | None:
        exact = re.compile(rf"local:\s*['\"]?{re.escape(local)}['\"]?\s*$")
        return next((n for n, line in enumerate(self._text.split("\n"), 1) if exact.search(line)), None)
