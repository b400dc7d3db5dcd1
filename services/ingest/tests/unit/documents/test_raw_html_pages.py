"""HTML in Markdown is treated as what it is: words stay, tags and comments do not."""

from collections.abc import Callable

import pytest

from robolearn.domain.page import Page
from robolearn_ingest.documents import headings_of, parse_page

Make = Callable[..., Page]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a <!-- hidden --> b", "a b"),
        ("<!-- a\n\nb -->\n\ntext", "text"),
        ('<p align="center">\n  <b>Bold</b> words\n</p>', "Bold words"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("H<sub>2</sub>O and x<sup>2</sup>", "H2O and x2"),
        ('<img src="a.png" alt="A robot arm">', "A robot arm"),
        ("<details><summary>More</summary>\n\nInner **text**\n\n</details>", "More\n\nInner text"),
        ("<table><tr><th>A</th><th>B</th></tr>\n<tr><td>1</td><td>2</td></tr></table>", "A; B\n1; 2"),
        ("<ul>\n<li>one</li>\n<li>two</li>\n</ul>", "• one\n• two"),
        ("<pre>\nkept\n  as is\n</pre>", "kept\n  as is"),
        ("<script>alert(1)</script>\n\n<style>p {}</style>\n\ntext", "text"),
        ('<iframe src="https://v.example/1" title="Lidar video"></iframe>', "Lidar video"),
        ("&lt;div&gt; &amp; &nbsp;x", "<div> & \u00a0x"),
        ("<div>\n<![if x]>y<![CDATA[z]]> <?php a ?> end\n</div>", "<![if x]>yz end"),
        ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.", "Press Ctrl+C."),
        ("<a href='x.md'>link</a> text", "link text"),
    ],
)
def test_what_html_says(text: str, said: str, text_of: Callable[[str], str]) -> None:
    assert text_of(text) == said


def test_html_headings_are_headings(page_of: Make) -> None:
    page = page_of(
        '<div>\n<h1 align="center">My <em>Robot</em></h1>\n</div>\n\n<h2 id="Setup">Set up</h2>\n\ntext\n'
    )
    assert [(heading.level, heading.text, heading.anchor, heading.line) for heading in page.headings] == [
        (1, "My Robot", "my-robot", 2),
        (2, "Set up", "Setup", 5),
    ]
    assert page.title == "My Robot"
    assert page.passages[-1].heading_path == ("My Robot", "Set up")
    assert '<h2 id="Setup">' in page.html


def test_lines_within_a_block_of_html_are_exact(page_of: Make) -> None:
    words = " ".join(["word"] * 140)
    page = page_of(f"# T\n\n<div>\n<p>\n{words}\n</p>\n<p>\n\n</div>\n\n<p>\n{words} end\n</p>\n")
    assert [(passage.line_start, passage.line_end) for passage in page.passages] == [(5, 5), (12, 12)]


def test_a_comment_that_is_never_closed_hides_nothing() -> None:
    page, problems = parse_page("a.md", b"# T\n\n<!-- note\n\n## Next\n\ntext\n")
    assert page is not None
    assert [heading.text for heading in page.headings] == ["T", "Next"]
    assert [passage.text for passage in page.passages] == ["note", "text"]
    assert [problem.line for problem in problems] == [3]


@pytest.mark.parametrize(
    "code",
    ["```html\n<h1>No</h1>\n# no\n```", "    # no", "<pre>\n# no\n<h1>No</h1>\n</pre>", "<!--\n# no\n-->"],
)
def test_no_heading_is_taken_from_code_or_comments(code: str) -> None:
    assert headings_of(f"# Yes\n\n{code}\n") == headings_of("# Yes\n")
