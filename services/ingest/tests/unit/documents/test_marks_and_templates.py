"""What MkDocs, GitHub, Hugo and Jekyll add to text: readers see its meaning, never its markup."""

from collections.abc import Callable

import pytest

from robolearn.domain.page import Page
from robolearn_ingest.documents import parse_page

Make = Callable[..., Page]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a ==very **hot** one== b", "a <mark>very <strong>hot</strong> one</mark> b"),
        ("an ^^added^^ word", "an <ins>added</ins> word"),
        ("press ++ctrl+alt+del++ now", "press <kbd>ctrl+alt+del</kbd> now"),
        ("H~2~O and m^2^", "H<sub>2</sub>O and m<sup>2</sup>"),
        ("go :rocket:!", "go 🚀!"),
        ("a :material-robot:{ .lg } robot", "a  robot"),
        ("see {{< youtube id=abc >}} it", "see  it"),
        ("{% include nav.html %}Welcome", "Welcome"),
    ],
)
def test_marks_are_shown_as_what_they_mean(text: str, html: str, page_of: Make) -> None:
    assert page_of(text).html == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "if a == b and c == d",
        "g++ and C++ or ++i and i++",
        "2^10 and x^y",
        "~5 m to ~10 m",
        "at 10:30:45",
        "std::vector::size",
        "a :nosuchname: b",
        "`==x== :rocket: {% y %}`",
    ],
)
def test_what_only_looks_alike_stays(text: str, page_of: Make) -> None:
    assert text.strip("`") in page_of(text).html


def test_an_anchor_is_made_of_the_name_of_an_emoji_and_not_of_an_icon(page_of: Make) -> None:
    page = page_of("# :rocket: Set up\n\nx\n\n## :material-robot: Arm\n\ny")
    assert [(heading.text, heading.anchor) for heading in page.headings] == [
        ("🚀 Set up", "rocket-set-up"),
        ("Arm", "arm"),
    ]


def test_an_abbreviation_is_kept_as_text(page_of: Make, text_of: Callable[[str], str]) -> None:
    text = "We use SLAM.\n\n*[SLAM]: Simultaneous Localization\n*[IMU]: Inertial Unit\n"
    assert text_of(text) == "We use SLAM.\n\nSLAM: Simultaneous Localization\n\nIMU: Inertial Unit"
    assert "*[" not in page_of(text).html


@pytest.mark.parametrize(
    "include",
    ['--8<-- "parts/a.md"', "{! parts/a.md !}", "{{#include parts/a.md}}", "--8<--\nparts/a.md\n--8<--"],
)
def test_an_include_is_not_shown_but_told(include: str) -> None:
    page, problems = parse_page("docs/page.md", f"# T\n\n{include}\n\nAfter.\n".encode())
    assert page is not None
    assert page.html == '<h1 id="t">T</h1>\n<p>After.</p>'
    assert [(one.line, "parts/a.md" in one.reason) for one in problems] == [(3, True)]


def test_hugo_front_matter_is_read(page_of: Make) -> None:
    page = page_of('+++\ntitle = "Wheels"\nlevel = "beginner"\n+++\n\nThey turn.')
    assert (page.title, page.facts.level, page.html) == ("Wheels", "beginner", "<p>They turn.</p>")


def test_broken_hugo_front_matter_is_told_and_the_page_loads() -> None:
    page, problems = parse_page("docs/page.md", b"+++\ntitle =\n+++\n\nText.")
    assert page is not None
    assert page.html == "<p>Text.</p>"
    assert [(one.line, one.reason[:23]) for one in problems] == [(1, "broken front matter: In")]


def test_the_language_of_code_in_a_line_is_not_shown(page_of: Make) -> None:
    html = page_of("`#!python f()` and `#!/bin/sh -e` and `#!bash`").html
    assert html == "<p><code>f()</code> and <code>#!/bin/sh -e</code> and <code>#!bash</code></p>"


def test_a_title_in_front_matter_is_shown_without_tags(page_of: Make) -> None:
    assert page_of('---\ntitle: "<em>Know</em> vector<T>"\n---\nx').title == "Know vector<T>"


def test_markdown_inside_a_tag_that_says_so_is_read_as_such(page_of: Make) -> None:
    page = page_of(
        '[TOC]\n\n<div class="grid cards" markdown>\n\n-   __Fast__\n\n    Wheels.\n\n</div>\n\nAfter.'
    )
    assert page.html.replace("\n", "") == (
        "<div><ul><li><p><strong>Fast</strong></p><p>Wheels.</p></li></ul></div><p>After.</p>"
    )
    assert "missing-image" in page_of("<figure markdown>\n  ![An arm](a.png){width=600}\n</figure>\n").html
