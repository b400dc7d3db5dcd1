"""Cursors that come back from strangers."""

from base64 import urlsafe_b64encode
from uuid import UUID, uuid4

import pytest
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st

from robolearn.domain.search import ScoredPassage
from robolearn_api.search.cursor import Place
from robolearn_api.search.searcher import PLACES


@given(st.floats(allow_nan=False, allow_infinity=False), st.uuids())
def test_what_goes_out_comes_back_exactly(score: float, passage_id: UUID) -> None:
    place = Place("database", score, passage_id)
    assert PLACES.decode(PLACES.encode(place)) == place


@pytest.mark.parametrize("inside", ["", "[]", '["database", NaN, "x"]', f'["elsewhere", 1, "{uuid4()}"]'])
def test_a_cursor_of_another_making_is_refused(inside: str) -> None:
    with pytest.raises(RequestValidationError):
        PLACES.decode(urlsafe_b64encode(inside.encode()).decode())


@given(st.text(max_size=60))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    try:
        assert isinstance(PLACES.decode(text), Place)
    except RequestValidationError as error:
        assert error.errors()[0]["loc"] == ("query", "cursor")


def test_rows_of_equal_score_are_told_apart_by_id() -> None:
    place = Place("index", 1.0, UUID(int=5))
    assert place.precedes(ScoredPassage(UUID(int=6), 1.0))
    assert place.precedes(ScoredPassage(UUID(int=1), 0.5))
    assert not place.precedes(ScoredPassage(UUID(int=5), 1.0))
    assert not place.precedes(ScoredPassage(UUID(int=9), 2.0))
