"""Every dialect of admonition becomes the same box and the same words."""

from collections.abc import Callable

import pytest

from robolearn.domain.page import Page
from robolearn_ingest.documents import parse_page

Make = Callable[..., Page]

DIALECTS = {
    "docusaurus": ":::warning[Hot **motor**]\nDo not touch.\n:::\n",
    "docusaurus-2": ":::warning Hot **motor**\n\nDo not touch.\n\n:::\n",
    "docusaurus-attribute": ':::warning{title="Hot **motor**"}\nDo not touch.\n:::\n',
    "pandoc": '::: {.callout-warning title="Hot **motor**"}\nDo not touch.\n:::\n',
    "mkdocs": '!!! warning "Hot **motor**"\n    Do not touch.\n',
    "github": "> [!WARNING] Hot **motor**\n> Do not touch.\n",
    "myst-ticks": "```{warning} Hot **motor**\n:class: wide\nDo not touch.\n```\n",
    "myst-colons": ":::{warning} Hot **motor**\nDo not touch.\n:::\n",
    "myst-admonition": "```{admonition} Hot **motor**\n---\nclass: warning\n---\nDo not touch.\n```\n",
}


@pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)
def test_a_titled_warning_looks_and_reads_alike_in_all(text: str, page_of: Make) -> None:
    page = page_of(f"{text}\nAfter.\n")
    title = '<p class="admonition-title">Hot <strong>motor</strong></p>'
    assert f'<aside class="admonition warning">{title}\n<p>Do not touch.</p>\n</aside>' in page.html
    assert page.html.endswith("<p>After.</p>")
    assert [passage.text for passage in page.passages] == ["Hot motor:\nDo not touch.\n\nAfter."]


@pytest.mark.parametrize(
    "text", [":::tip\nx\n:::", "!!! tip\n    x", "> [!TIP]\n> x", "```{tip}\nx\n```", "<Tip>\n\nx\n\n</Tip>"]
)
def test_an_untitled_one_is_called_by_its_kind(text: str, page_of: Make) -> None:
    page = page_of(text)
    assert '<aside class="admonition tip"><p class="admonition-title">Tip</p>' in page.html
    assert [passage.text for passage in page.passages] == ["Tip:\nx"]


def test_mkdocs_details_fold_and_an_empty_title_is_none(page_of: Make) -> None:
    html = page_of('??? note "More"\n    hidden\n\n!!! note ""\n    bare\n').html
    assert '<details class="admonition note"><summary class="admonition-title">More</summary>' in html
    assert '<aside class="admonition note"><p>bare</p>' in html


def test_mkdocs_tabs_keep_their_titles(page_of: Make, text_of: Callable[[str], str]) -> None:
    text = '=== "Python"\n\n    ```python\n    x = 1\n    ```\n\n=== "C++"\n\n    int x;\n'
    assert text_of(text) == "Python:\n\nx = 1\n\nC++:\nint x;"
    assert page_of(text).html.count('<section class="tab">') == 2


def test_boxes_nest_and_hold_headings_lists_and_code(page_of: Make) -> None:
    text = (
        "::::note\n### Inside\n\n:::tip\n- item\n\n```bash\n# no heading\n```\n:::\n::::\n\n## After\n\nx\n"
    )
    page = page_of(text)
    assert [(heading.text, heading.line) for heading in page.headings] == [("Inside", 2), ("After", 13)]
    assert page.html.count("<aside") == 2


def test_after_a_box_the_heading_before_it_holds_again(page_of: Make) -> None:
    page = page_of("# Top\n\n> ### In the quote\n>\n> quoted\n\nafter\n")
    paths = {passage.text: (passage.heading_path, passage.anchor) for passage in page.passages}
    assert paths == {
        "quoted": (("Top", "In the quote"), "in-the-quote"),
        "after": (("Top",), "top"),
    }


@pytest.mark.parametrize("opening", [":::note", "```{note}"])
def test_a_box_that_is_never_closed_is_a_warning_and_loses_nothing(opening: str) -> None:
    page, problems = parse_page("a.md", f"# T\n\n{opening}\ninside\n\nand the rest\n".encode())
    assert page is not None
    assert [(problem.line, "never closed" in problem.reason) for problem in problems] == [(3, True)]
    assert "inside\n\nand the rest" in page.passages[0].text


def test_myst_figures_and_unseen_directives(text_of: Callable[[str], str]) -> None:
    text = (
        "```{figure} a.png\n---\nwidth: 50%\n---\nThe *robot*\n```\n\n"
        "```{toctree}\nintro\n```\n\n```{code-block} python\n:linenos:\nx = 1\n```\n"
    )
    assert text_of(text) == "The robot\n\nx = 1"


def test_myst_roles_and_targets_leave_only_words(text_of: Callable[[str], str]) -> None:
    assert text_of("(my-label)=\nSee {ref}`the arm <arm>` and {doc}`intro`.") == "See the arm and intro."
