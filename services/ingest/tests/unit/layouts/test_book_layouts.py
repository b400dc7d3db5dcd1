from collections.abc import Callable
from typing import Any


def test_mdbook_reads_the_summary(discovered: Callable[..., Any], shape: Callable[..., Any]) -> None:
    summary = (
        "# Summary\n\n[Preface](preface.md)\n\n# Part one\n\n- [Intro](./intro.md)\n  - [Set up](setup.md)\n"
        "- [Draft]()\n- [Gone](gone.md)\n"
    )
    files = {
        "book.toml": '[book]\ntitle = "The Book"\nlanguage = "es"\n',
        "src/SUMMARY.md": summary,
        "src/preface.md": "", "src/intro.md": "", "src/setup.md": "", "src/more.md": "",
    }  # fmt: skip
    outlined = discovered(files)
    (course,) = outlined.courses
    assert (course.title, course.language, course.layout) == ("The Book", "es", "mdbook")
    assert shape(course.nodes) == [
        "src/preface.md",
        {"Part one": [{"Intro": ["src/intro.md", "src/setup.md"]}]},
    ]
    assert [page.path for page in outlined.outside[""]] == ["src/more.md"]
    assert [(one.path, one.line) for one in outlined.problems] == [("src/SUMMARY.md", 10)]


def test_a_page_called_summary_is_no_book(discovered: Callable[..., Any]) -> None:
    assert (
        discovered({"SUMMARY.md": "# What we learned", "a.md": "", "b.md": ""}).courses[0].layout == "folder"
    )


def test_hugging_face_reads_the_toctree(discovered: Callable[..., Any], shape: Callable[..., Any]) -> None:
    toctree = "- title: Unit 1\n  sections:\n  - local: u1/a\n    title: A\n  - local: u1/gone\n- local: b\n"
    files = {
        "units/en/_toctree.yml": toctree,
        "units/en/u1/a.mdx": "",
        "units/en/b.md": "",
        "README.md": "# The course",
    }
    outlined = discovered(files)
    (course,) = outlined.courses
    assert (course.key, course.title, course.language) == ("units/en", "The course", "en")
    assert shape(course.nodes) == [{"Unit 1": ["units/en/u1/a.mdx"]}, "units/en/b.md"]
    assert [(one.path, one.line) for one in outlined.problems] == [("units/en/_toctree.yml", 5)]
