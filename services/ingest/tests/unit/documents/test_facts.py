"""Facts in the spellings that authors use; a wrong one is a warning, never a crash."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robolearn.domain.page import Facts
from robolearn_ingest.documents.facts import facts_of


def test_all_facts() -> None:
    front = {
        "difficulty": "Beginner",
        "duration": "1 h 30 min",
        "learning_objectives": ["See topics", "Write a node"],
        "prerequisites": "Python",
        "ros_distro": ["Humble", "jazzy"],
        "simulator": "Gazebo",
        "hardware": ["TurtleBot4"],
        "lang": "EN",
    }
    assert facts_of(front) == (
        Facts(
            level="beginner",
            minutes=90,
            objectives=("See topics", "Write a node"),
            prerequisites=("Python",),
            ros_distro=("humble", "jazzy"),
            simulator=("gazebo",),
            hardware=("turtlebot4",),
            language="en",
        ),
        [],
    )


@pytest.mark.parametrize(
    ("value", "minutes"),
    [(15, 15), ("15", 15), ("15 min", 15), ("2h", 120), ("~ 1.5 hours", 90), ("45 minutes", 45)],
)
def test_minutes_in_many_spellings(value: object, minutes: int) -> None:
    assert facts_of({"time": value})[0].minutes == minutes


def test_a_list_in_one_text() -> None:
    assert facts_of({"ros": "Humble, Jazzy"})[0].ros_distro == ("humble", "jazzy")


def test_norwegian_is_a_language_though_yaml_reads_it_as_false() -> None:
    assert facts_of({"language": False})[0].language == "no"


@pytest.mark.parametrize(
    "front",
    [
        {"minutes": "soon"},
        {"minutes": -3},
        {"minutes": True},
        {"level": {"a": 1}},
        {"objectives": 7},
        {"ros": [[1]]},
    ],
)
def test_a_wrong_type_is_a_warning_that_names_the_key(front: dict[str, Any]) -> None:
    facts, problems = facts_of(front, "a.md")
    assert facts == Facts()
    assert [problem.path for problem in problems] == ["a.md"]
    assert f"`{next(iter(front))}`" in problems[0].reason


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(st.sampled_from(["level", "minutes", "objectives", "ros", "simulator", "language"]), _ANY)
)
def test_no_front_matter_breaks_the_reading_of_facts(front: dict[str, Any]) -> None:
    facts, _ = facts_of(front)
    assert all(isinstance(name, str) for name in facts.ros_distro + facts.objectives)
