"""Anchors follow GitHub's rules and are unique in their page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robolearn_ingest.documents.slugs import Slugger, github_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What is ROS 2?", "what-is-ros-2"),
        ("Image / Computer Vision APIs", "image--computer-vision-apis"),
        ("Grüße, Welt!", "grüße-welt"),
        ("机器人 学", "机器人-学"),
        ("नमस्ते", "नमस्ते"),
        ("snake_case & kebab-case", "snake_case--kebab-case"),
        ("🚀 Launch", "-launch"),
        ("`code()`", "code"),
    ],
)
def test_slugs_as_github_makes_them(text: str, slug: str) -> None:
    assert github_slug(text) == slug


def test_repeated_headings_are_numbered_past_ones_that_look_numbered() -> None:
    slugger = Slugger()
    assert [slugger.slug(text) for text in ("Setup", "Setup", "Setup-1", "Setup")] == [
        "setup",
        "setup-1",
        "setup-1-1",
        "setup-2",
    ]


def test_an_anchor_of_the_author_keeps_its_case_and_loses_what_is_unsafe() -> None:
    assert Slugger().given('My-Id"><b') == "My-Id-b"


@given(st.lists(st.text(max_size=8)))
def test_anchors_are_unique_and_never_empty(texts: list[str]) -> None:
    slugger = Slugger()
    anchors = [slugger.slug(text) for text in texts]
    assert len(set(anchors)) == len(anchors)
    assert all(anchors)
