"""What readers get is harmless, whatever the author wrote."""

import re
from collections.abc import Callable

import pytest

from robolearn.domain.page import Page

Make = Callable[..., Page]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
        "<style>@import 'x'</style>",
        "<p style='position:fixed' onclick='alert(1)' class='admin'>x</p>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action='https://evil.example'><input name=p></form>",
        "<base href='https://evil.example'>",
        '```"><script>alert(1)</script>\nx\n```',
        '# x {#"><script>alert(1)</script>}',
        "$\\text{<script>alert(1)</script>}$",
        '<Tip title="<script>alert(1)</script>">\n\nx\n\n</Tip>',
        "![<script>alert(1)</script>](https://e.example/x.png)",
        '![x](https://e.example/"onload="alert(1))',
        '[x](<source:evil" onclick="alert(1)>)',
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    ],
)
@pytest.mark.parametrize("path", ["a.md", "a.mdx"])
def test_nothing_can_run_or_reach_out(text: str, path: str, page_of: Make) -> None:
    html = page_of(f"{text}\n\nafter\n", path).html
    for tag in re.findall(r"<[^>]*>", html):
        assert not re.match(
            r"</?(?:script|style|iframe|form|input|base|img|svg|link|meta|object|embed)\b", tag, re.I
        )
        assert not re.search(r"\s(?:on\w+|style|src|srcdoc|action)\s*=", tag, re.I)
        assert "javascript:" not in tag
    assert html.rstrip().endswith("after</p>")


def test_links_to_pages_of_the_source_get_the_fixed_prefix(page_of: Make) -> None:
    html = page_of(
        "[a](other.md#x) [b](https://e.example) [c](../../../x.md) [d](javascript:x)", "docs/a/p.md"
    ).html
    assert html == (
        '<p><a href="source:docs/a/other.md#x">a</a> '
        '<a href="https://e.example" rel="noopener noreferrer">b</a> <a>c</a> <a>d</a></p>'
    )


def test_a_picture_is_its_description(page_of: Make) -> None:
    html = page_of("![An arm](arm.png)\n\n![A *leg*](https://e.example/leg.png)\n").html
    assert html == (
        '<figure class="missing-image"><figcaption>An arm</figcaption></figure>\n'
        '<figure class="missing-image"><figcaption><a href="https://e.example/leg.png" '
        'rel="noopener noreferrer">A leg</a></figcaption></figure>'
    )


def test_a_picture_in_a_link_keeps_the_link(page_of: Make) -> None:
    html = page_of("[![CI](https://e.example/badge.svg)](https://e.example/ci)").html
    assert html == (
        '<p><a href="https://e.example/ci" rel="noopener noreferrer">'
        '<span class="missing-image">CI</span></a></p>'
    )


def test_code_has_classes_and_no_styles(page_of: Make) -> None:
    html = page_of('``` {.sourceCode .python}\nx = "a < b"\n```').html
    assert html.startswith('<pre class="highlight language-python"><code><span class="n">x</span>')
    assert '<span class="s2">"a &lt; b"</span>' in html
    assert "style=" not in html


def test_tables_details_and_math_survive(page_of: Make) -> None:
    html = page_of(
        "| A | B |\n|:-:|--:|\n| 1 | 2 |\n\n"
        "<details open><summary>S</summary>\n\nx\n\n</details>\n\n$\\frac{1}{2}$"
    ).html
    assert "<th>A</th>" in html
    assert "<td>2</td>" in html
    assert re.search(r"<details open(=\"\")?><summary>S</summary>", html)
    assert "<mfrac>" in html


def test_a_formula_beyond_the_converter_is_shown_as_its_source(page_of: Make) -> None:
    html = page_of("$\\left( x$").html
    assert html == '<p><code class="math">\\left( x</code></p>'


@pytest.mark.parametrize("path", ["a.md", "a.mdx"])
def test_every_heading_is_in_the_html_with_the_anchor_of_its_passages(path: str, page_of: Make) -> None:
    text = "# A\n\nx\n\n## B {#b-b}\n\ny\n\n> ## B\n> z\n\n<h2>C</h2>\n\nw\n"
    page = page_of(text, path)
    assert re.findall(r'<h\d id="([^"]+)"', page.html) == [heading.anchor for heading in page.headings]
    assert [passage.anchor for passage in page.passages] == ["a", "b-b", "b", "c"]
