"""One big README: each of its top sections becomes a lesson."""

import re
from collections.abc import Sequence

from robolearn.domain.outline import CourseOutline, OutlinePage
from robolearn.domain.page import Heading
from robolearn_ingest.documents import headings_of
from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.layout import LayoutResult
from robolearn_ingest.layouts.names import is_about_project

_CONTENTS = re.compile(r"\W*(table of contents?|contents?|toc|index|outline)\W*", re.IGNORECASE)
# Lines that show nothing by themselves: reference definitions, comments, badges, pictures, rules, tags.
_SILENT = re.compile(
    r"<!--(?:[^-]|-(?!->))*-->|^[ \t]*\[[^\]\n]+\]:[^\n]*$"
    r"|\[!\[[^\]\n]*\]\([^)\n]*\)\]\([^)\n]*\)|!\[[^\]\n]*\]\([^)\n]*\)|<[^<>]+>|^[ \t>*_=-]+$",
    re.MULTILINE,
)
_LONG_PREAMBLE = 20_000
_SINGLE_SHARE = 5
MIN_LESSONS = 2


class SingleReadme:
    """A folder whose README is all there is, or nearly."""

    name = "single-readme"

    def outline(self, folder: Folder) -> LayoutResult | None:
        """A lesson a section; None if there are other pages of weight, or nothing to divide."""
        readme = folder.front_page
        if readme is None or not _is_nearly_all(folder, readme):
            return None
        text = folder.text(readme)
        headings = headings_of(text)
        pages = _lessons(readme, text, headings)
        if len(pages) < MIN_LESSONS:
            return None
        title = next((heading.text for heading in headings if heading.level == 1), "")
        return LayoutResult((CourseOutline("", title, self.name, tuple(pages), folder.path),))


def _is_nearly_all(folder: Folder, readme: str) -> bool:
    others = [path for path in folder.pages if path != readme and not is_about_project(path)]
    size = folder.tree.files[readme].size
    return sum(folder.tree.files[path].size for path in others) * _SINGLE_SHARE <= size


def _lessons(path: str, text: str, headings: Sequence[Heading]) -> list[OutlinePage]:
    lines = text.split("\n")
    top = _top_level(headings)
    starts = [heading for heading in headings if heading.level == top]
    if not starts:
        return []
    ends = [heading.line - 1 for heading in starts[1:]] + [len(text.rstrip("\n").split("\n"))]
    pages = _preamble(path, lines, headings, starts[0].line)
    for heading, end in zip(starts, ends, strict=True):
        if not _CONTENTS.fullmatch(heading.text):
            pages.append(OutlinePage(path, heading.text, heading.anchor, (heading.line, end)))
    return pages


def _top_level(headings: Sequence[Heading]) -> int:
    """The level whose sections are lessons: the outermost one that occurs more than once."""
    for level in range(1, 7):
        if sum(heading.level == level for heading in headings) > 1:
            return level
    return 1


def _preamble(path: str, lines: list[str], headings: Sequence[Heading], start: int) -> list[OutlinePage]:
    """What stands before the first section, as a lesson under the document's title, if it says anything."""
    above = [heading for heading in headings if heading.line < start]
    shown = [
        line for number, line in enumerate(lines[: start - 1], 1) if number not in {h.line for h in above}
    ]
    text = "\n".join(shown)
    if len(text) < _LONG_PREAMBLE and not _SILENT.sub("", text).strip():
        return []
    taken = {heading.anchor for heading in headings}
    part = above[0].anchor if above else "preamble" if "preamble" not in taken else "before-all-sections"
    return [OutlinePage(path, above[0].text if above else None, part, (1, start - 1))]
