from collections.abc import Callable
from typing import Any

PAGES = {f"docs/{name}.md": f"# {name}" for name in ("index", "a", "sec/index", "sec/b", "sec/c")}


def test_nav_gives_titles_sections_and_order(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    config = """
site_name: Robots
site_description: All of them
theme: {name: material, language: de}
markdown_extensions:
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
nav:
  - index.md
  - Second: a.md
  - Part:
      - sec/index.md
      - Deep: [sec/c.md, https://example.org, {Mail: 'mailto:a@b.c'}]
"""
    outlined = discovered(PAGES | {"mkdocs.yml": config, "README.md": "# Not this"})
    (course,) = outlined.courses
    assert (course.title, course.description, course.language) == ("Robots", "All of them", "de")
    assert shape(course.nodes) == [
        "docs/index.md",
        "docs/a.md",
        {"Part": ["docs/sec/index.md", {"Deep": ["docs/sec/c.md"]}]},
    ]
    assert [node.title for node in course.nodes[:2]] == [None, "Second"]
    assert [page.path for page in outlined.outside[""]] == ["docs/sec/b.md"]
    assert outlined.problems == ()


def test_without_nav_index_is_first_and_folders_follow_files(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    outlined = discovered(PAGES | {"mkdocs.yml": "site_name: x"})
    assert shape(outlined.courses[0].nodes) == [
        "docs/index.md",
        "docs/a.md",
        {"Sec": ["docs/sec/index.md", "docs/sec/b.md", "docs/sec/c.md"]},
    ]


def test_pages_files_arrange_a_folder(discovered: Callable[..., Any], shape: Callable[..., Any]) -> None:
    arranged = {"mkdocs.yml": "site_name: x", "docs/sec/.pages": "title: S\nnav: [c.md, ..., index.md]"}
    assert shape(discovered(PAGES | arranged).courses[0].nodes)[2] == {
        "S": ["docs/sec/c.md", "docs/sec/b.md", "docs/sec/index.md"]
    }


def test_bad_entries_are_rows_with_lines_and_the_rest_loads(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    config = (
        "nav:\n  - a.md\n  - Gone: sec/bb.md\n  - Out: ../../etc/x.md\n  - Up: ../README.md\n"
        "  - X: '!include y/mkdocs.yml'\n  - Nothing:\n  - sec/b.md\n  - again: a.md\n"
    )
    outlined = discovered(PAGES | {"mkdocs.yml": config, "README.md": ""})
    assert shape(outlined.courses[0].nodes) == ["docs/a.md", "docs/sec/b.md"]
    assert [problem.line for problem in outlined.problems] == [3, 4, 5, 6, 7]
    assert "docs/sec/bb.md" in outlined.problems[0].reason
    assert outlined.problems[0].advice == "Did you mean docs/sec/b.md?"


def test_broken_yaml_is_a_row_and_the_pages_load(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    outlined = discovered({"mkdocs.yml": "nav: [a\n b: {", "docs/a.md": ""})
    assert shape(outlined.courses[0].nodes) == ["docs/a.md"]
    assert [problem.path for problem in outlined.problems] == ["mkdocs.yml"]
    assert outlined.problems[0].line


def test_excluded_docs_are_no_lessons(discovered: Callable[..., Any], shape: Callable[..., Any]) -> None:
    outlined = discovered(PAGES | {"mkdocs.yml": "exclude_docs: |\n  /sec/\n  a.md\n"})
    assert shape(outlined.courses[0].nodes) == ["docs/index.md"]
    assert outlined.outside == {}


def test_docs_dir_is_followed_but_not_out_of_the_source(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    outlined = discovered(
        {"mkdocs.yml": "docs_dir: text\nnav: [b.md, a.md]", "text/a.md": "", "text/b.md": ""}
    )
    assert shape(outlined.courses[0].nodes) == ["text/b.md", "text/a.md"]
    outlined = discovered({"mkdocs.yml": "docs_dir: ../../secret", "docs/a.md": ""})
    assert shape(outlined.courses[0].nodes) == ["docs/a.md"]
    assert "outside the source" in outlined.problems[0].reason


def test_literate_nav_reads_the_summary(discovered: Callable[..., Any], shape: Callable[..., Any]) -> None:
    files = {"mkdocs.yml": "plugins: [literate-nav]", "docs/SUMMARY.md": "* [C](sec/c.md)\n* [A](a.md)\n"}
    assert shape(discovered(PAGES | files).courses[0].nodes) == ["docs/sec/c.md", "docs/a.md"]


def test_an_included_site_becomes_a_section_and_a_cycle_is_told(
    discovered: Callable[..., Any], shape: Callable[..., Any]
) -> None:
    files = {
        "mkdocs.yml": "nav:\n  - index.md\n  - Arm: '!include ./arm/mkdocs.yml'\n  - /a.md\n",
        "arm/mkdocs.yml": "site_name: Arms\nnav: [b.md, Up: '!include ../mkdocs.yml']\n",
        "docs/index.md": "# x",
        "docs/a.md": "# a",
        "arm/docs/b.md": "# b",
    }
    outlined = discovered(files)
    assert shape(outlined.courses[0].nodes) == ["docs/index.md", {"Arm": ["arm/docs/b.md"]}, "docs/a.md"]
    assert [(one.path, one.line) for one in outlined.problems] == [("arm/mkdocs.yml", 2)]
    assert "includes this one" in outlined.problems[0].reason


def test_titles_are_shown_without_markup(discovered: Callable[..., Any], shape: Callable[..., Any]) -> None:
    nav = "nav:\n  - ':material-robot: <em>Our</em> arms': [{'Vector<T> <b>x</b>': a.md}]\n"
    nodes = discovered({"mkdocs.yml": nav, "docs/a.md": "# x"}).courses[0].nodes
    assert shape(nodes) == [{"Our arms": ["docs/a.md"]}]
    assert nodes[0].children[0].title == "Vector<T> x"
