"""BM25 weights: stems, stop words, saturation and length, by language."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from robolearn.embedding.sparse import AVERAGE_WORDS, Bm25Encoder
from robolearn.embedding.stopping import words_to_skip
from robolearn.ports.embedding import SparseVector


@pytest.fixture(scope="module")
def encoder() -> Bm25Encoder:
    return Bm25Encoder()


def matches(question: SparseVector, passage: SparseVector) -> bool:
    return bool(set(question.indices) & set(passage.indices))


@pytest.mark.parametrize(
    ("language", "asked", "written"),
    [
        ("en", "drifting", "The robot drifts."),
        ("de", "Robotern", "Die Roboter fahren."),
        ("fr", "capteurs", "Un capteur de distance."),
        ("pt-BR", "sensores", "Um sensor de distância."),
        ("no", "robotene", "Roboten kjører."),
    ],
)
def test_inflected_words_match(encoder: Bm25Encoder, language: str, asked: str, written: str) -> None:
    assert matches(encoder.encode_query(asked, language), encoder.encode([written], language)[0])


@pytest.mark.parametrize("term", ["tf", "move", "turn", "state", "point", "CAN", "cv", "cmd_vel", "zero"])
def test_terms_of_robotics_are_no_stop_words(encoder: Bm25Encoder, term: str) -> None:
    assert len(encoder.encode_query(term, "en").indices) == 1


@pytest.mark.parametrize(
    ("language", "stop_word"), [("en", "don't"), ("de", "und"), ("es", "para"), ("pl", "jest")]
)
def test_stop_words_of_the_language_are_left_out(encoder: Bm25Encoder, language: str, stop_word: str) -> None:
    assert encoder.encode_query(stop_word, language) == SparseVector((), ())


def test_an_unknown_language_has_no_stop_words_and_no_stems(encoder: Bm25Encoder) -> None:
    assert words_to_skip("xx") == frozenset()
    (passage,) = encoder.encode(["the robots drive"], "xx")
    assert len(passage.indices) == 3
    assert not matches(encoder.encode_query("robot", "xx"), passage)


@pytest.mark.parametrize(
    ("language", "asked", "written"),
    [
        ("zh", "运动学", "机器人运动学导论"),
        ("ja", "制御", "ロボットの制御を学ぶ"),
        ("th", "หุ่นยนต์", "การควบคุมหุ่นยนต์"),
    ],
)
def test_words_are_found_inside_unspaced_writing(
    encoder: Bm25Encoder, language: str, asked: str, written: str
) -> None:
    question, (passage,) = encoder.encode_query(asked, language), encoder.encode([written], language)
    assert set(question.indices) <= set(passage.indices)


def test_weight_is_that_of_the_formula(encoder: Bm25Encoder) -> None:
    (passage,) = encoder.encode(["lidar lidar wall"], "en")
    expected = 2 * 2.2 / (2 + 1.2 * (1 - 0.75 + 0.75 * 3 / AVERAGE_WORDS))
    assert max(passage.values) == pytest.approx(expected)


def test_a_word_weighs_less_in_a_longer_passage(encoder: Bm25Encoder) -> None:
    short, long = encoder.encode(["lidar", "lidar " + " ".join(f"word{n}" for n in range(200))], "en")
    (place,) = [n for n, index in enumerate(long.indices) if index == short.indices[0]]
    assert long.values[place] < short.values[0]


def test_broken_unicode_is_encoded_all_the_same(encoder: Bm25Encoder) -> None:
    assert matches(encoder.encode_query("lidar", "en"), encoder.encode(["lidar \ud800"], "en")[0])


def test_threads_share_one_encoder(encoder: Bm25Encoder) -> None:
    texts = [f"robot {n} drives {n} wheels" for n in range(100)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.encode([text], "en")[0], texts))
    assert found == encoder.encode(texts, "en")


@pytest.mark.parametrize("language", ["en", "de", "xx"])
def test_weights_are_those_of_fastembed_itself(encoder: Bm25Encoder, language: str) -> None:
    texts = ["İstanbul: the robots' robot_arm drives 3.5 m, and the robot _ __ drives.", "Der Roboter", ""]
    of_fastembed = encoder._terms(language).model.raw_embed(texts)
    expected = [dict(zip(one.indices.tolist(), one.values.tolist(), strict=True)) for one in of_fastembed]
    assert expected[0]
    found = encoder.encode(texts, language)
    assert [dict(zip(one.indices, one.values, strict=True)) for one in found] == expected
