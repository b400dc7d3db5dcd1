from collections.abc import Callable
from typing import Any

MKDOCS = {"ros/mkdocs.yml": "site_name: ROS\nnav: [b.md, a.md]", "ros/docs/a.md": "", "ros/docs/b.md": ""}
CONTENTS = {
    "nav/README.md": "# Navigation\n\n- [m](m.md)\n- [n](n.md)\n- [o](o.md)\n",
    "nav/m.md": "", "nav/n.md": "", "nav/o.md": "",
}  # fmt: skip


def test_each_folder_is_a_course_by_its_own_layout(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    root = {"README.md": "# Courses\n\n- [ROS](ros/)\n- [Nav](nav/README.md)\n- [Plain](plain)\n"}
    plain = {"plain/1.md": "", "plain/2.md": ""}
    courses = discovered(MKDOCS | CONTENTS | root | plain).courses
    assert [(one.key, one.title, one.layout, shape(one.nodes)) for one in courses] == [
        ("nav", "Navigation", "readme-contents", ["nav/m.md", "nav/n.md", "nav/o.md"]),
        ("plain", "Plain", "folder", ["plain/1.md", "plain/2.md"]),
        ("ros", "ROS", "mkdocs", ["ros/docs/b.md", "ros/docs/a.md"]),
    ]


def test_a_site_in_a_subfolder_is_found_and_the_rest_is_told(discovered: Callable[..., Any]) -> None:
    outlined = discovered(MKDOCS | {"README.md": "# Repo", "notes/x.md": "", "LICENSE.md": ""})
    assert [one.key for one in outlined.courses] == ["ros"]
    assert [(one.path, one.reason[:6]) for one in outlined.problems] == [("notes/x.md", "1 page")]


def test_folders_that_each_have_contents_are_courses(discovered: Callable[..., Any]) -> None:
    second = {path.replace("nav/", "arm/"): text for path, text in CONTENTS.items()}
    assert [one.key for one in discovered(CONTENTS | second).courses] == ["arm", "nav"]


def test_chapters_with_contents_are_one_course(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    first = {path.replace("nav/", "01-nav/"): text for path, text in CONTENTS.items()}
    second = {path.replace("nav/", "02-arm/"): text for path, text in CONTENTS.items()}
    (course,) = discovered(first | second).courses
    assert (course.key, course.layout) == ("", "folder")
    assert len(course.nodes) == 2


def test_an_ordinary_folder_of_chapters_is_one_course(discovered: Callable[..., Any]) -> None:
    files = {f"{chapter}/{page}.md": "" for chapter in ("sensing", "acting") for page in ("a", "b")}
    assert [one.key for one in discovered(files).courses] == [""]
