"""Front matter: read where it is some, left alone where it only looks like it."""

import pytest

from robolearn_ingest.documents import front_matter, parse_page


def test_values_and_the_first_line_of_the_body() -> None:
    assert front_matter("---\ntitle: Drift\nlevel: easy\n---\n# Body") == (
        {"title": "Drift", "level": "easy"},
        5,
        [],
    )


def test_empty_front_matter_is_front_matter() -> None:
    assert front_matter("---\n---\ntext") == ({}, 3, [])


@pytest.mark.parametrize(
    "text",
    [
        "# No front matter",
        "",
        "---\n\nProse between two rules\n\n---\nmore",
        "---\n- a\n---\n",
        "---\n* a: b: c\n---\n",
    ],
)
def test_a_thematic_break_is_not_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, 1, [])


def test_broken_front_matter_is_a_warning_and_keeps_what_can_be_read() -> None:
    values, body, problems = front_matter("---\nlevel: easy\ntitle: ROS 2: nodes\n---\ntext", "a.md")
    assert values == {"level": "easy", "title": "ROS 2: nodes"}
    assert body == 5
    assert [(problem.path, problem.line) for problem in problems] == [("a.md", 3)]


def test_front_matter_that_is_never_closed_is_a_warning_and_text() -> None:
    _, body, problems = front_matter("---\ntitle: x\n\n# Body")
    assert body == 1
    assert "never closed" in problems[0].reason


def test_a_yaml_bomb_is_reported_and_the_page_still_loads() -> None:
    levels = "\n".join(f"k{i + 1}: &k{i + 1} [{', '.join([f'*k{i}'] * 10)}]" for i in range(9))
    text = f"---\nk0: &k0 [1]\n{levels}\n---\n# Title\n\nBody words"
    page, problems = parse_page("bomb.md", text.encode())
    assert page is not None
    assert page.title == "Title"
    assert [passage.text for passage in page.passages] == ["Body words"]
    assert "unfolds" in problems[0].reason


def test_line_numbers_are_those_of_the_file() -> None:
    page, _ = parse_page("a.md", b"---\ntitle: T\n---\n\n# H\n\ntext\n")
    assert page is not None
    assert page.headings[0].line == 5
    assert (page.passages[0].line_start, page.passages[0].line_end) == (7, 7)
    assert page.body == "\n# H\n\ntext\n"
