import pytest

from robolearn_ingest.layouts.names import is_about_project, natural_key, title_of_file


def test_numbers_in_names_sort_by_value() -> None:
    names = ["week-10", "week-2", "Week-1", "intro"]
    assert sorted(names, key=natural_key) == ["intro", "Week-1", "week-2", "week-10"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("a/02-wheel_odometry.md", "Wheel odometry"),
        ("1.2.slam.md", "Slam"),
        ("03 - maps/README.md", "Maps"),
        ("2d-slam.md", "2d slam"),
        ("2024.md", "2024"),
        ("README.md", "README"),
    ],
)
def test_a_title_is_made_of_a_file_name(path: str, title: str) -> None:
    assert title_of_file(path) == title


@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("LICENSE.md", True),
        ("a/contributing.md", True),
        ("SECURITY.md", True),
        ("security.md", False),
        ("a.md", False),
    ],
)
def test_pages_about_the_project_are_told_from_lessons(path: str, about: bool) -> None:
    assert is_about_project(path) is about
