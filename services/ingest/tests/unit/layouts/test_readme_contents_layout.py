from collections.abc import Callable
from typing import Any

import pytest

PAGES = {f"{name}.md": f"# {name}" for name in ("one/a", "one/b", "two/c", "two/d", "loose")}


def test_lists_under_headings_become_sections(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    readme = """# Robots

A course *about* [robots](one/a.md).

## Contents

<p align="center">html</p>

### First

* [A](one/a.md#top)
\t* [B](one/b.md "title")
* Group
\t* [A again](./one/a.md)
\t* [C](/two/c.md)

**Bold section**

1. [D](two/d.md), see [out](https://example.org)
2. [Licence](LICENSE.md)
"""
    outlined = discovered(PAGES | {"README.md": readme, "LICENSE.md": "", "src/README.md": "# code"})
    (course,) = outlined.courses
    assert (course.title, course.description) == ("Robots", "A course about robots.")
    assert shape(course.nodes) == [
        {"A": ["one/a.md", "one/b.md"]},
        {"Group": ["two/c.md"]},
        {"Bold section": ["two/d.md"]},
    ]
    assert [page.path for page in outlined.outside[""]] == ["loose.md"]
    assert [problem.path for problem in outlined.problems] == ["src/README.md"]


def test_missing_and_escaping_targets_are_rows_with_lines(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    readme = (
        "---\ntitle: x\n---\n- [A](one/a.md)\n- [Gone](one/zz.md)\n"
        "- [Out](../../x.md)\n- [B](one/b.md)\n- [C](two/c.md)\n- [Code](one/code.py)\n"
    )
    outlined = discovered(PAGES | {"README.md": readme})
    assert shape(outlined.courses[0].nodes) == ["one/a.md", "one/b.md", "two/c.md"]
    assert [(one.path, one.line) for one in outlined.problems] == [("README.md", 5), ("README.md", 6)]


def test_what_is_called_deprecated_is_outside(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    readme = (
        "- [A](one/a.md)\n- [B](one/b.md)\n- [C](two/c.md)\n\n<details>\n"
        "<summary>Old (deprecated)</summary>\n\n"
        "- [D](two/d.md)\n\n</details>\n\n- [L](loose.md)\n"
    )
    outlined = discovered(PAGES | {"README.md": readme})
    assert shape(outlined.courses[0].nodes) == ["one/a.md", "one/b.md", "two/c.md", "loose.md"]
    assert [page.path for page in outlined.outside[""]] == ["two/d.md"]


def test_a_linked_chapter_brings_its_own_contents(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    files = {
        "README.md": "- [One](one/)\n- [Two](two/README.md)\n- [Loose](loose.md)\n",
        "one/README.md": "- [b](b.md)\n- [a](a.md)\n- [up](../README.md)\n",
        "two/README.md": "# no list",
    }
    assert shape(discovered(PAGES | files).courses[0].nodes) == [
        {"One": ["one/README.md", "one/b.md", "one/a.md"]},
        "two/README.md",
        "loose.md",
    ]


def test_a_table_of_lessons_is_read_where_there_is_no_list(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    readme = (
        "| n | lesson |\n|--|--|\n| 1 | [Lesson](two/c.md) |\n| 2 | [The A](one/a.md) |\n"
        "| 3 | [B](one/b.md) |\n"
    )
    (course,) = discovered(PAGES | {"README.md": readme}).courses
    assert shape(course.nodes) == ["two/c.md", "one/a.md", "one/b.md"]
    assert [node.title for node in course.nodes] == [None, "The A", "B"]


def test_a_few_links_are_no_table_of_contents(discovered: Callable[..., Any]) -> None:
    many = {f"lessons/{number}.md": "" for number in range(20)}
    readme = "# R\n\n- [See](lessons/7.md)\n- [also](lessons/3.md)\n- [this](lessons/1.md)\n"
    assert discovered(many | {"README.md": readme}).courses[0].layout == "folder"


def test_links_in_headings_and_links_without_an_ending_are_entries(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    readme = """# Course
## Week 1
### :books: [Begin](w1/begin.md)
+ what you learn
### [More](w1/more.md)
- [Extra](w1/extra)
## Week 2
### Monday: [Sensors](w2/sensors.md)
"""
    pages = dict.fromkeys(("w1/begin.md", "w1/more.md", "w1/extra.md", "w2/sensors.md"), "# x")
    nodes = discovered(pages | {"README.md": readme}).courses[0].nodes
    assert shape(nodes) == [
        {"Week 1": ["w1/begin.md", {"More": ["w1/more.md", "w1/extra.md"]}]},
        {"Week 2": ["w2/sensors.md"]},
    ]
    assert nodes[0].children[0].title == "📚 Begin"
    assert nodes[1].children[0].title == "Monday: Sensors"


@pytest.mark.parametrize(
    ("named", "advice"),
    [
        ("w/2-whels.md", "Did you mean w/2-wheels.md?"),
        ("w/1-wheels.md", "Add the page, or remove the entry."),
        ("w/arms.md", "Add the page, or remove the entry."),
    ],
)
def test_a_missing_page_is_told_with_the_name_that_may_be_meant(
    named: str, advice: str, discovered: Callable[..., Any]
) -> None:
    pages = dict.fromkeys(("w/2-wheels.md", "w/motors.md", "w/index.md"), "# x")
    readme = f"# C\n\n- [a](w/motors.md)\n- [b](w/index.md)\n- [c]({named})\n- [d](w/2-wheels.md)\n"
    outlined = discovered(pages | {"README.md": readme})
    assert [(one.path, one.line, one.advice) for one in outlined.problems] == [("README.md", 5, advice)]
