from collections.abc import Callable
from typing import Any


def test_natural_order_with_the_front_page_first(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    paths = [
        "README.md", "10-end/b.md", "10-end/a.md", "2-mid/README.md", "2-mid/x.md", "2-mid/sub/u.md",
        "2-mid/sub/v.md", "1-intro.md", "zz.md", "LICENSE.md", "appendix/q.md", "appendix/r.md",
        "alone/only.md",
    ]  # fmt: skip
    outlined = discovered({path: f"# T {path}" for path in paths})
    (course,) = outlined.courses
    assert (course.title, course.layout) == ("T README.md", "folder")
    assert shape(course.nodes) == [
        "README.md",
        "1-intro.md",
        {
            "T 2-mid/README.md": [
                "2-mid/README.md",
                "2-mid/x.md",
                {"Sub": ["2-mid/sub/u.md", "2-mid/sub/v.md"]},
            ]
        },
        {"End": ["10-end/a.md", "10-end/b.md"]},
        "zz.md",
        "alone/only.md",
        {"Appendix": ["appendix/q.md", "appendix/r.md"]},
    ]
    assert outlined.outside == {}


def test_a_lone_folder_is_no_module(discovered: Callable[..., Any], shape: Callable[..., Any]) -> None:
    (course,) = discovered({"docs/b.md": "", "docs/a.md": ""}).courses
    assert (course.title, shape(course.nodes)) == ("Robots", ["docs/a.md", "docs/b.md"])


def test_a_tree_without_pages_has_no_course(discovered: Callable[..., Any]) -> None:
    assert discovered({}).courses == ()
    assert discovered({"mkdocs.yml": "site_name: x"}).courses == ()


def test_a_folder_beside_one_with_a_single_page_stays_a_module_in_its_place(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    files = dict.fromkeys(("README.md", "week1/a.md", "week1/b.md", "week2/c.md"), "# x")
    assert shape(discovered(files).courses[0].nodes) == [
        "README.md",
        {"Week1": ["week1/a.md", "week1/b.md"]},
        "week2/c.md",
    ]
