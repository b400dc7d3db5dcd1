"""Pages made to hurt: each ends soon, loses nothing it should not, and its limits are told."""

import time

import pytest

from robolearn_ingest.documents import parse_page

HOSTILE = {
    "brackets": "[" * 100_000,
    "half links": "[a](" * 20_000,
    "pictures": "![" * 40_000,
    "emphasis": "*a_ " * 30_000,
    "stars": "**" * 40_000,
    "back ticks": "".join("`" * length + " " for length in range(1, 400)),
    "deep quotes": ">" * 100_000 + "x",
    "deep lists": "- " * 20_000 + "x",
    "deep indents": "".join("  " * depth + "- a\n" for depth in range(600)),
    "a line of 1 MB": "word " * 200_000,
    "a word of 1 MB": "x" * 1_000_000,
    "dollars": "$a " * 40_000,
    "brackets of math": "\\(" * 40_000,
    "open comments": "<!--" * 30_000,
    "open comment lines": "{/*\n\n" * 10_000,
    "open tags": "<a" * 40_000,
    "deep tags": "<div>\n" * 20_000,
    "bold without end": "<b>" * 10_000 + "\n\nx\n\n" * 2_000,
    "open components": "<Foo a={" * 10_000 + "</Foo>",
    "components": "<Foo>" * 10_000 + "</Foo>",
    "braces": "{" * 50_000 + "\n</Foo>",
    "templates": "</Foo>\n\nexport const a = `${" * 3_000,
    "boxes": ":::note\n" * 10_000,
    "directives": "```{note}\n" * 5_000,
    "tabs": '=== "a"\n' * 10_000,
    "headings": "# a\n\n" * 10_000,
    "html headings": "<h1>" * 10_000,
    "attributes": "{: a " * 20_000,
    "math": "$$" + "\\frac{" * 400 + "x" + "}{y}" * 400 + "$$",
    "marked sections": "<div>" + "<![x[" * 10_000,
    "closed declarations": "<div>" + "<!A" * 20_000 + "<?b" * 20_000 + ">" + "<![CDATA[" * 10_000 + "]]>",
    "declarations": "<!A" * 20_000 + "\n<![CDATA[" * 5_000 + "<?" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("path", ["a.md", "a.mdx"])
def test_a_hostile_page_ends_soon(text: str, path: str) -> None:
    started = time.process_time()
    page, problems = parse_page(path, text.encode())
    assert time.process_time() - started < 10
    assert page is not None, problems


def test_what_is_nested_too_deep_is_still_found_and_reported() -> None:
    page, problems = parse_page("a.md", ("> " * 200 + "needle\n\nafter\n").encode())
    assert page is not None
    assert "needle" in page.passages[0].text
    assert page.passages[-1].text.endswith("after")
    assert "nested deeper" in problems[0].reason


def test_a_paragraph_too_long_for_formatting_is_reported_with_its_line() -> None:
    page, problems = parse_page("a.md", ("# T\n\n" + "word **b** " * 6_000).encode())
    assert page is not None
    assert sum(passage.text.count("word") for passage in page.passages) == 6_000
    assert [(problem.line, "longer than" in problem.reason) for problem in problems] == [(3, True)]


def test_an_error_of_ours_is_a_row_of_the_report_and_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("robolearn_ingest.documents.page.rendered", broken)
    page, problems = parse_page("a.md", b"text")
    assert page is None
    assert "ZeroDivisionError: inside" in problems[0].reason
