"""Whatever is asked, search answers or says what was wrong with the question."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORDS = st.text(max_size=40)
SANE = st.sampled_from(["robot", "drift", "navigation", "en", "beginner", "jazzy", "10", "lexical", "hybrid"])
VALUES = st.one_of(SANE, WORDS)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "q": VALUES,
        "mode": VALUES,
        "limit": st.one_of(st.integers(-5, 60).map(str), WORDS),
        "cursor": st.one_of(WORDS, st.from_regex(r"[A-Za-z0-9_-]{0,60}", fullmatch=True)),
        **{
            name: st.lists(VALUES, max_size=3)
            for name in ("course", "level", "language", "ros_distro", "simulator", "hardware")
        },
    },
)


@pytest.mark.parametrize("index_away", [False, True])
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parameters=PARAMETERS)
def test_invariant_8_no_question_is_a_server_error(
    api: TestClient, world: Any, index_away: bool, parameters: dict[str, Any]
) -> None:
    world.embedder.unavailable = index_away
    answer = api.get("/api/v1/search", params=parameters)
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert answer.json()["errors"]
