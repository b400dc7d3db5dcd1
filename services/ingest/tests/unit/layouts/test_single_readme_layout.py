from collections.abc import Callable
from typing import Any

import pytest


def test_each_top_section_is_a_lesson(discovered: Callable[..., Any]) -> None:
    readme = (
        "# Week 1\n\nhello\n\n# Table of Contents\n\n- [x](#install)\n\n"
        "# Install\n\n```\n# no heading\n```\n## Sub\n\n# Run\n"
    )
    (course,) = discovered({"README.md": readme, "LICENSE": ""}).courses
    assert course.title == "Week 1"
    assert [(page.title, page.part, page.lines) for page in course.nodes] == [
        ("Week 1", "week-1", (1, 4)),
        ("Install", "install", (9, 15)),
        ("Run", "run", (16, 16)),
    ]


def test_under_one_title_the_second_level_counts(discovered: Callable[..., Any]) -> None:
    readme = "[![badge](a.svg)](b)\n\n# Robots\n\nWhat this is.\n\n## Build\n\nx\n\n## Build\n\ny\n"
    (course,) = discovered({"README.md": readme}).courses
    assert [(page.title, page.key, page.lines) for page in course.nodes] == [
        ("Robots", "README.md#robots", (1, 6)),
        ("Build", "README.md#build", (7, 10)),
        ("Build", "README.md#build-1", (11, 13)),
    ]


def test_nothing_but_pictures_before_the_first_section_is_no_lesson(discovered: Callable[..., Any]) -> None:
    readme = "[ref]: ./a.png\n<!-- note -->\n![x](y.png)\n\n# Robots\n\n## A\n\n## B\n"
    (course,) = discovered({"README.md": readme}).courses
    assert [page.title for page in course.nodes] == ["A", "B"]


def test_a_readme_without_sections_is_one_lesson(discovered: Callable[..., Any]) -> None:
    (course,) = discovered({"README.md": "# Only\n\ntext"}).courses
    assert (course.title, course.layout, [page.key for page in course.nodes]) == (
        "Only",
        "folder",
        ["README.md"],
    )


def test_a_readme_beside_real_pages_is_not_divided(discovered: Callable[..., Any]) -> None:
    (course,) = discovered({"README.md": "# T\n\n## A\n\n## B\n", "lesson.md": "words " * 50}).courses
    assert course.layout == "folder"


@pytest.mark.parametrize("text", ["## Only\n\nx", "text", "# T\n\n### deep\n\nx", "#\n\n##\n"])
def test_a_page_with_nothing_to_divide_is_one_lesson(
    text: str, discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    assert shape(discovered({"README.md": text}).courses[0].nodes) == ["README.md"]
