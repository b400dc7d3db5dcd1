"""Headings, their anchors, and the ways in which authors write both."""

from collections.abc import Callable

import pytest

from robolearn.domain.page import Heading, Page
from robolearn_ingest.documents import headings_of

Make = Callable[..., Page]


@pytest.mark.parametrize(
    ("line", "text", "anchor"),
    [
        ("# Introduction [[intro]]", "Introduction", "intro"),
        ("# Intro {#my-id}", "Intro", "my-id"),
        ("# Intro {#my-id .cls key=v} ", "Intro", "my-id"),
        ("# Intro {: #my-id }", "Intro", "my-id"),
        ("# Intro {.unnumbered}", "Intro", "intro"),
        ("# Intro {-}", "Intro", "intro"),
        ("# Intro {/* #my-id */}", "Intro", "my-id"),
        ("# Intro ##", "Intro", "intro"),
        ("# The `cmd_vel` *topic*", "The cmd_vel topic", "the-cmd_vel-topic"),
        ("# [Link](x.md) and ![pic](y.png)", "Link and pic", "link-and-pic"),
        ("# Sets {a, b}", "Sets {a, b}", "sets-a-b"),
        ("# 日本語 ROS", "日本語 ROS", "日本語-ros"),
    ],
)
def test_text_and_anchor(line: str, text: str, anchor: str, page_of: Make) -> None:
    page = page_of(f"{line}\n\nbody\n")
    assert page.headings == (Heading(1, text, anchor, 1),)
    assert page.passages[0].anchor == anchor
    assert f'<h1 id="{anchor}">' in page.html


def test_setext_repeated_and_several_first_level_headings() -> None:
    text = "Two\n===\n\n# Two\n\nSub\n---\n\n# Two\n"
    assert [(found.level, found.anchor, found.line) for found in headings_of(text)] == [
        (1, "two", 1),
        (1, "two-1", 4),
        (2, "sub", 6),
        (1, "two-2", 9),
    ]


def test_an_empty_heading_is_none() -> None:
    assert headings_of("#\n\n## \n\n# A\n") == [Heading(1, "A", "a", 5)]


def test_headings_alone_are_those_of_the_page(page_of: Make) -> None:
    text = "---\ntitle: T\n---\n# A {#x}\n\n> ## B\n\n```\n# no\n```\n\n<h3>C</h3>\n\n- # D\n"
    assert tuple(headings_of(text)) == page_of(text).headings


def test_title_of_front_matter_goes_before_the_heading(page_of: Make) -> None:
    page = page_of("---\ntitle: Short\ndescription: What it is\n---\n# Long title\n\nx")
    assert (page.title, page.description) == ("Short", "What it is")
    assert page.passages[0].heading_path == ("Long title",)


def test_without_a_first_level_heading_the_title_leads_the_path(page_of: Make) -> None:
    page = page_of("---\ntitle: Drift\n---\nbefore\n\n## Causes\n\nx\n")
    assert [passage.heading_path for passage in page.passages] == [("Drift",), ("Drift", "Causes")]
    assert [passage.anchor for passage in page.passages] == ["", "causes"]


def test_a_later_first_level_heading_stays_under_the_first(page_of: Make) -> None:
    page = page_of("# Tools\n\nx\n\n# Services\n\n## Call\n\ny\n")
    assert [passage.heading_path for passage in page.passages] == [("Tools",), ("Tools", "Services", "Call")]


@pytest.mark.parametrize(
    ("text", "title"),
    [("## Wheels\n\nThey turn.", "Wheels"), ("They turn.\n\n## Wheels\n", None), ("## \n\nThey turn.", None)],
)
def test_a_page_is_called_by_the_heading_it_begins_with_of_whatever_level(
    text: str, title: str | None, page_of: Make
) -> None:
    assert page_of(text).title == title
