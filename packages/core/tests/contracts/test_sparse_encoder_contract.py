"""What every SparseEncoder promises, the fake and the real one alike."""

import pytest

from robolearn.embedding.sparse import Bm25Encoder
from robolearn.ports.embedding import SparseEncoder, SparseVector
from robolearn.testing.embedding import FakeSparseEncoder

LANGUAGES = ["en", "de", "ja", "xx"]


@pytest.fixture(scope="module", params=[FakeSparseEncoder, Bm25Encoder])
def encoder(request: pytest.FixtureRequest) -> SparseEncoder:
    made: SparseEncoder = request.param()
    return made


def score(question: SparseVector, passage: SparseVector) -> float:
    weights = dict(zip(passage.indices, passage.values, strict=True))
    pairs = zip(question.indices, question.values, strict=True)
    return sum(weights.get(index, 0) * weight for index, weight in pairs)


def test_a_question_finds_the_passage_with_its_words(encoder: SparseEncoder) -> None:
    passages = encoder.encode(["Wheel odometry drifts.", "A costmap marks obstacles."], "en")
    question = encoder.encode_query("why does odometry fail", "en")
    assert score(question, passages[0]) > 0
    assert score(question, passages[1]) == 0


def test_a_repeated_word_weighs_more(encoder: SparseEncoder) -> None:
    once, twice = encoder.encode(["lidar sees wall door", "lidar lidar wall door"], "en")
    question = encoder.encode_query("lidar", "en")
    assert score(question, twice) > score(question, once)


def test_each_word_of_a_question_counts_once(encoder: SparseEncoder) -> None:
    assert encoder.encode_query("lidar LIDAR lidar", "en").values == (1.0,)


def test_only_stop_words_are_an_empty_question(encoder: SparseEncoder) -> None:
    assert encoder.encode_query("why is the", "en") == SparseVector((), ())


def test_punctuation_alone_is_empty(encoder: SparseEncoder) -> None:
    assert encoder.encode(["?! … --", ""], "en") == [SparseVector((), ())] * 2


def test_no_text_gives_no_vector(encoder: SparseEncoder) -> None:
    assert encoder.encode([], "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_indices_are_distinct_unsigned_32_bit_numbers(encoder: SparseEncoder, language: str) -> None:
    (passage,) = encoder.encode(["Roboter robot ロボット cmd_vel 3.14 " + "wheel slip " * 500], language)
    assert len(set(passage.indices)) == len(passage.indices) == len(passage.values) > 0
    assert all(0 <= index < 2**32 for index in passage.indices)
    assert all(value > 0 for value in passage.values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_words_match_in_every_language(encoder: SparseEncoder, language: str) -> None:
    (passage,) = encoder.encode(["ロボット odometry Überblick"], language)
    for word in ("ロボット", "odometry", "überblick"):
        assert score(encoder.encode_query(word, language), passage) > 0


def test_values_are_plain_numbers(encoder: SparseEncoder) -> None:
    (passage,) = encoder.encode(["lidar"], "en")
    assert type(passage.indices[0]) is int
    assert type(passage.values[0]) is float
