"""Whatever is written, every word that a reader sees can be found by search."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from robolearn.domain.page import Page
from robolearn_ingest.documents import parse_page
from robolearn_ingest.documents.page import PARSER_VERSION

_MARKUP = [
    "# ", "## ", "\n", "\n\n", "* ", "- ", "1. ", "> ", "    ", "  ", "```", "```py\n", "~~~", "`", "**",
    "_", "[", "](", "x)", "]", "![", "<div>", "</div>", "<b>", "</b>", "<p>", "<Tip>", "</Tip>", "<Foo/>",
    "</Foo>", '<Foo a="hi there" b={[{text: "wa wb"}]}>', "{", "}", "{/*", "*/}", "<!--", "-->", "$", "$$",
    "\\(", "\\)", "\\[", "\\]", ":::note\n", ":::", '!!! note "T"\n', '=== "Tab"\n', "??? tip\n",
    "> [!NOTE]\n", "```{note}\n", "[^1]", "[^1]: ", "[^2]", "\n: ", "- [ ] ", "&amp;", "&lt;", "<br>",
    "<td>", "<tr>", "<table>", "</table>", "<h1>", "</h1>", "<pre>", "</pre>", '<a href="x">', "</a>",
    '<img alt="pic">', 'import x from "y"\n', "export const a = 1\n", "{#id}", "[[id]]", "===\n", "---\n",
    "\\", '"', "'", "<details><summary>", "</summary>", "</details>", "<script>", "</script>", "<style>",
    "é", "日本", "\t", "<li>", "<ul>", "</ul>", '{"s t"}', "(l)=\n", "{: .x }", "\\begin{a}", "\\end{a}",
    "{ref}`q`", "http://e.x", "<http://e.x>", "|a|b|\n|-|-|\n", "|c|",
]  # fmt: skip
_WORD = st.integers(0, 60).map(lambda number: f"w{number:02} ")
_PAGE = st.lists(st.sampled_from(_MARKUP) | _WORD, max_size=40).map("".join).filter(str.strip)
_PATH = st.sampled_from(["a.md", "a.mdx"])
_SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_SETTINGS
@given(text=_PAGE, path=_PATH)
def test_every_visible_word_is_in_a_passage(
    text: str, path: str, lost_words: Callable[[Page], set[str]]
) -> None:
    page, problems = parse_page(path, text.encode())
    assert page is not None, problems
    assert lost_words(page) == set()


@_SETTINGS
@given(text=_PAGE, path=_PATH)
def test_passages_and_html_agree_on_anchors_and_lines_are_in_the_file(text: str, path: str) -> None:
    page, _ = parse_page(path, text.encode())
    assert page is not None
    anchors = [heading.anchor for heading in page.headings]
    assert len(set(anchors)) == len(anchors)
    for anchor in {*anchors, *(passage.anchor for passage in page.passages)} - {""}:
        assert f'id="{anchor}"' in page.html
    for passage in page.passages:
        assert passage.text.strip()
        assert 1 <= passage.line_start <= passage.line_end <= text.count("\n") + 1


@_SETTINGS
@given(
    st.lists(st.integers(0, 999).map(lambda number: f"word{number}"), min_size=1, max_size=600),
    st.integers(1, 40),
)
def test_prose_keeps_each_word_in_its_order(words: list[str], width: int) -> None:
    lines = [" ".join(words[start : start + width]) for start in range(0, len(words), width)]
    page, _ = parse_page("a.md", "\n".join(lines).encode())
    assert page is not None
    assert " ".join(passage.text for passage in page.passages).split() == words
    for passage in page.passages:
        quoted = " ".join(lines[passage.line_start - 1 : passage.line_end])
        assert set(passage.text.split()) <= set(quoted.split())


@_SETTINGS
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_break_the_parser(data: bytes) -> None:
    page, problems = parse_page("a.md", data)
    assert (page is None) == any(
        word in problem.reason for problem in problems for word in ("binary", "UTF-16", "is empty")
    )


def test_the_parser_tells_its_version() -> None:
    assert PARSER_VERSION >= 1
