"""Portions that one call of the provider may carry."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from robolearn.domain.work import ClaimedPassage, PassagePayload
from robolearn.ports.embedding import BatchLimits
from robolearn_worker.batches import portions

PAYLOAD = PassagePayload("course", uuid4(), None, "en", (), (), ())


def passage(words: int) -> ClaimedPassage:
    return ClaimedPassage(uuid4(), (), "word " * words, b"", b"", PAYLOAD, 0)


def count(text: str) -> int:
    return len(text.split())


def sizes(words: list[int], limits: BatchLimits) -> list[list[int]]:
    made = portions([passage(size) for size in words], limits, count)
    return [[count(one.text) for one in portion] for portion in made]


def test_texts_and_tokens_both_limit_a_portion() -> None:
    assert sizes([1, 1, 1, 1, 1], BatchLimits(2, 100)) == [[1, 1], [1, 1], [1]]
    assert sizes([4, 4, 4, 9, 1], BatchLimits(10, 10)) == [[4, 4], [4], [9, 1]]


def test_a_passage_over_the_limit_goes_alone_and_the_provider_decides() -> None:
    assert sizes([3, 50, 3], BatchLimits(10, 10)) == [[3], [50], [3]]


@given(st.lists(st.integers(1, 30)), st.integers(1, 6), st.integers(1, 40))
def test_portions_keep_order_and_limits_and_lose_nothing(words: list[int], texts: int, tokens: int) -> None:
    made = sizes(words, BatchLimits(texts, tokens))
    assert [size for portion in made for size in portion] == words
    for portion in made:
        assert 0 < len(portion) <= texts
        assert sum(portion) <= tokens or len(portion) == 1
