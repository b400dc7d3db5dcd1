"""Passages: one section each, about 150 words, cut where a reader would, with the right lines."""

from collections.abc import Callable

import pytest

from robolearn.domain.page import Page
from robolearn_ingest.documents import parse_page

Make = Callable[..., Page]


def words(count: int, name: str = "w") -> str:
    return " ".join(f"{name}{number}" for number in range(count))


def test_one_section_is_one_passage(page_of: Make) -> None:
    page = page_of("# A\n\nfirst\n\nsecond\n\n## B\n\nthird\n")
    assert [
        (passage.heading_path, passage.anchor, passage.line_start, passage.line_end, passage.text)
        for passage in page.passages
    ] == [
        (("A",), "a", 3, 5, "first\n\nsecond"),
        (("A", "B"), "b", 9, 9, "third"),
    ]


def test_a_long_section_is_cut_between_paragraphs(page_of: Make) -> None:
    page = page_of("# A\n\n" + "\n\n".join(words(70, name) for name in "abcd"))
    assert [len(passage.text.split()) for passage in page.passages] == [140, 140]
    assert [(passage.line_start, passage.line_end) for passage in page.passages] == [(3, 5), (7, 9)]


def test_a_tiny_tail_joins_what_it_follows(page_of: Make) -> None:
    page = page_of(f"# A\n\n{words(140)}\n\nThat is all of it, and here it ends.\n")
    assert len(page.passages) == 1


def test_a_long_list_is_cut_between_items(page_of: Make) -> None:
    page = page_of("# A\n\n" + "\n".join(f"- {words(30, f'i{number}x')}" for number in range(10)))
    assert [passage.text.count("• ") for passage in page.passages] == [4, 4, 2]
    assert all(line.startswith("• ") for passage in page.passages for line in passage.text.split("\n"))


def test_a_long_paragraph_is_cut_between_sentences_with_exact_lines(page_of: Make) -> None:
    sentences = [f"Sentence {number} {words(18)}." for number in range(20)]
    page = page_of("# A\n\n" + "\n".join(sentences) + "\n")
    assert len(page.passages) > 1
    for passage in page.passages:
        first, last = passage.text.split(" w")[0], passage.text.rsplit("Sentence ", 1)[1].split(" ")[0]
        assert first == f"Sentence {passage.line_start - 3}"
        assert int(last) == passage.line_end - 3
        assert passage.text.endswith(".")


@pytest.mark.parametrize("text", [words(2_000), "x" * 20_000, "机器人学习" * 1_000, ("word, " * 900)])
def test_text_without_any_good_place_is_cut_all_the_same(text: str, page_of: Make) -> None:
    page = page_of(text)
    assert len(page.passages) > 1
    assert all(len(passage.text) <= 3_000 for passage in page.passages)
    assert "".join("".join(passage.text.split()) for passage in page.passages) == "".join(text.split())


def test_code_that_fits_stays_whole_with_its_lead_in(page_of: Make) -> None:
    code = "\n".join(f"line_{number} = {number}  # comment here" for number in range(30))
    page = page_of(f"# A\n\n{words(140)}\n\nNow run this:\n\n```python\n{code}\n```\n")
    assert [passage.text for passage in page.passages] == [words(140), f"Now run this:\n\n{code}"]
    assert (page.passages[1].line_start, page.passages[1].line_end) == (5, 38)


def test_code_that_is_too_long_is_cut_between_lines(page_of: Make) -> None:
    lines = [f"call_{number}(a, b) # five words in this" for number in range(120)]
    page = page_of("# A\n\n```\n" + "\n".join(lines) + "\n```\n")
    assert len(page.passages) > 2
    assert "\n".join(passage.text for passage in page.passages) == "\n".join(lines)
    assert [passage.line_start for passage in page.passages[1:]] == [
        int(passage.text.split("(")[0].removeprefix("call_")) + 4 for passage in page.passages[1:]
    ]


def test_code_is_verbatim(page_of: Make) -> None:
    code = "def f():\n\n    return '# not a heading'   <b>\n\tx"
    assert page_of(f"```python\n{code}\n```").passages[0].text == code.replace("   <b>", "   <b>")


def test_table_rows_read_alone(page_of: Make) -> None:
    page = page_of("| Sensor | Range |\n|---|---|\n| **LiDAR** | 30 m |\n| Sonar | |\n")
    assert page.passages[0].text == "Sensor: LiDAR; Range: 30 m\nSensor: Sonar"
    assert (page.passages[0].line_start, page.passages[0].line_end) == (3, 4)


def test_a_header_that_no_row_shows_is_kept(text_of: Callable[[str], str]) -> None:
    assert text_of("| A | B |\n|---|---|\n| 1 | |\n") == "A; B\nA: 1"


def test_lists_tasks_definitions_and_footnotes(text_of: Callable[[str], str]) -> None:
    text = (
        "3. three\n4. four\n   - nested\n\n- [ ] todo\n- [x] done\n\nTerm\n: Meaning\n\n"
        "See[^a].\n\n[^a]: The note.\n[^b]: Unused note.\n"
    )
    assert text_of(text) == (
        "3. three\n4. four\n  • nested\n☐ todo\n☑ done\n\n"
        "Term:\nMeaning\n\nSee [1].\n[1] The note.\n[2] Unused note."
    )


def test_a_footnote_stays_with_the_section_it_is_written_in(page_of: Make) -> None:
    page = page_of("# A\n\nx[^1]\n\n[^1]: note\n\n# B\n\ny\n")
    assert [passage.text for passage in page.passages] == ["x [1]\n[1] note", "y"]
    assert (page.passages[0].line_start, page.passages[0].line_end) == (3, 3)


@pytest.mark.parametrize(
    ("text", "tex"),
    [("$x_1$", "x_1"), (r"\\( a_b \\)", "a_b"), (r"\(\frac{a}{b}\)", r"\frac{a}{b}"), ("$$\na+b\n$$", "a+b"),
     ("\\\\[\na+b\n\\\\]", "a+b"), (r"\[ x^2 \]", "x^2"), ("```math\nE=mc^2\n```", "E=mc^2"),
     ("\\begin{align}a&=b\\end{align}", "\\begin{align}a&=b\\end{align}"), ("{math}`x^2`", "x^2"),
     ("```{math}\n:label: eq\nx^2\n```", "x^2")],
)  # fmt: skip
def test_math_is_its_source(text: str, tex: str, page_of: Make) -> None:
    page = page_of(text)
    assert page.passages[0].text == tex
    assert "<math" in page.html


@pytest.mark.parametrize("text", ["It costs $5 and $10.", r"An \(escaped aside\) here", "US$ and A$"])
def test_money_and_brackets_are_not_math(text: str, page_of: Make) -> None:
    assert "<math" not in page_of(text).html


def test_a_heading_without_a_body_is_found_once(page_of: Make) -> None:
    page = page_of("# Top\n\n## Parent\n\n### Child\n\ntext\n\n## Lonely\n")
    assert [(passage.heading_path, passage.text) for passage in page.passages] == [
        (("Top", "Parent", "Child"), "text"),
        (("Top", "Lonely"), "Lonely"),
    ]


def test_a_fence_that_is_never_closed_is_a_warning_and_its_text_is_kept() -> None:
    page, problems = parse_page("a.md", b"# A\n\n```python\nx = 1\n\n# B\n\ntext\n")
    assert page is not None
    assert [problem.line for problem in problems] == [3]
    assert page.passages[0].text == "x = 1\n\n# B\n\ntext"


@pytest.mark.parametrize(
    "text", ["```\nx\n```", "> ```\n> x\n> ```", "- ```\n  x\n  ```", "~~~~\nx\n~~~~~", "````\n```\n````"]
)
def test_a_closed_fence_is_no_problem(text: str, page_of: Make) -> None:
    assert page_of(text).passages


def test_a_part_of_a_file_is_a_page_with_the_anchors_of_the_whole() -> None:
    text = (
        b"# Book\n\nintro\n\n## Setup\n\none [site][s] and[^n]\n\n## Setup\n\ntwo\n\n"
        b"[s]: https://e.example\n[^n]: Note.\n"
    )
    first, _ = parse_page("README.md", text, lines=(5, 8))
    second, _ = parse_page("README.md", text, lines=(9, 12))
    assert first is not None
    assert second is not None
    assert [(passage.heading_path, passage.text) for passage in first.passages] == [
        (("Book", "Setup"), "one site and [1]\n[1] Note.")
    ]
    assert '<a href="https://e.example"' in first.html
    assert (second.title, second.headings[0].anchor, second.body) == ("Setup", "setup-1", "## Setup\n\ntwo\n")
    assert second.passages[0].line_start == 11


def test_the_same_bytes_are_the_same_page() -> None:
    text = "# A\n\nx[^1] $y$\n\n[^1]: n\n"
    assert parse_page("a.md", text.encode()) == parse_page("a.md", text.encode())


def test_attribute_lists_are_not_text(text_of: Callable[[str], str]) -> None:
    assert text_of("[Go](x.md){: .button target=_blank } ![arm](a.png){ width=300 }\n{: .wide }") == "Go arm"
