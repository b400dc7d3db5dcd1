"""Every Markdown page of the shared curricula: loads, reads cleanly, loses nothing, tells the right lines."""

import re
from pathlib import Path

import pytest

from robolearn.domain.page import Page
from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.documents import parse_page

pytestmark = pytest.mark.curricula

_MARKUP = re.compile(
    r"</?(?:div|img|br|span|sup|table|td|tr|figure)\b|\]\(https?:|^:::|^import .* from|\{/\*|<!--|\[\[", re.M
)

# The header of a table stands before each cell of its rows, and above them in the file.
_LABEL = re.compile(r"(?:^|; )[^:;\n]+:", re.M)


@pytest.fixture(scope="module")
def pages(curricula: Path) -> dict[str, tuple[str, Page, list[Problem]]]:
    """Each page by its path, with its source and problems."""
    found = {}
    for path in sorted(file for file in curricula.rglob("*") if file.suffix in (".md", ".mdx")):
        name = path.relative_to(curricula).as_posix()
        page, problems = parse_page(name, path.read_bytes())
        assert page is not None, problems
        found[name] = (path.read_text("utf-8").replace("\r\n", "\n"), page, problems)
    return found


def test_all_pages_load_without_an_error(pages: dict[str, tuple[str, Page, list[Problem]]]) -> None:
    assert len(pages) > 300
    assert not [
        problem
        for _, _, problems in pages.values()
        for problem in problems
        if problem.severity is Severity.ERROR
    ]


def test_the_one_name_in_a_wrong_encoding_is_reported(
    pages: dict[str, tuple[str, Page, list[Problem]]],
) -> None:
    _, _, problems = pages["mkdocs-airsim/docs/adding_new_apis.md"]
    assert [(problem.line, "wrong encoding" in problem.reason) for problem in problems] == [(31, True)]


def test_passages_hold_no_markup(pages: dict[str, tuple[str, Page, list[Problem]]]) -> None:
    for name, (source, page, _) in pages.items():
        lines = source.split("\n")
        for passage in page.passages:
            quoted = "\n".join(lines[passage.line_start - 1 : passage.line_end])
            if "`" not in quoted and "\n    " not in quoted and "](" not in passage.text:
                assert not _MARKUP.search(passage.text.replace("[[State", "")), (name, passage)


def test_words_of_a_passage_stand_on_its_lines(pages: dict[str, tuple[str, Page, list[Problem]]]) -> None:
    for name, (source, page, _) in pages.items():
        lines = source.split("\n")
        for passage in page.passages:
            quoted = set(
                re.findall(r"[a-z]{5,}", "\n".join(lines[passage.line_start - 1 : passage.line_end]).lower())
            )
            said = set(re.findall(r"[a-z]{5,}", _LABEL.sub("", passage.text.lower())))
            missing = said - quoted
            assert len(missing) <= len(said) / 5 + 3, (name, passage.line_start, missing)


def test_anchors_are_unique_and_in_the_html(pages: dict[str, tuple[str, Page, list[Problem]]]) -> None:
    for name, (_, page, _) in pages.items():
        anchors = [heading.anchor for heading in page.headings]
        assert re.findall(r'<h\d id="([^"]*)"', page.html) == anchors, name
        assert len(set(anchors)) == len(anchors)


def test_passages_have_a_good_length(pages: dict[str, tuple[str, Page, list[Problem]]]) -> None:
    lengths = [len(passage.text.split()) for _, page, _ in pages.values() for passage in page.passages]
    assert max(lengths) <= 320
    assert 60 <= sum(lengths) / len(lengths) <= 150
