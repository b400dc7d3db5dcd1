"""Numbers as people say them."""

import pytest

from robolearn_api.web.wording import counted, duration


@pytest.mark.parametrize(("minutes", "told"), [(5, "5 min"), (60, "1 h"), (75, "1 h 15 min"), (600, "10 h")])
def test_durations(minutes: int, told: str) -> None:
    assert duration(minutes) == told


@pytest.mark.parametrize(("number", "told"), [(0, "0 lessons"), (1, "1 lesson"), (1200, "1,200 lessons")])
def test_counts(number: int, told: str) -> None:
    assert counted(number, "lesson") == told
