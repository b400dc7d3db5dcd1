"""Numbers and levels as people say them."""

import pytest

from robolearn_api.web.wording import by_difficulty, counted, duration, span_of


@pytest.mark.parametrize(("minutes", "told"), [(5, "5 min"), (60, "1 h"), (75, "1 h 15 min"), (600, "10 h")])
def test_durations(minutes: int, told: str) -> None:
    assert duration(minutes) == told


@pytest.mark.parametrize(("number", "told"), [(0, "0 lessons"), (1, "1 lesson"), (1200, "1,200 lessons")])
def test_counts(number: int, told: str) -> None:
    assert counted(number, "lesson") == told


def test_levels_go_from_easy_to_hard_and_unknown_ones_last() -> None:
    assert by_difficulty({"advanced", "wizard", "beginner"}) == ["beginner", "advanced", "wizard"]


@pytest.mark.parametrize(
    ("levels", "told"), [(("advanced",), "advanced"), (("advanced", "beginner"), "beginner to advanced")]
)
def test_span_of_levels(levels: tuple[str, ...], told: str) -> None:
    assert span_of(levels) == told
