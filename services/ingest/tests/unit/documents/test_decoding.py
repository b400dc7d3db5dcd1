"""Bytes to text: whatever encoding and line ends a file has, its lines keep their numbers."""

import pytest

from robolearn.domain.problems import Severity
from robolearn_ingest.documents import decode, parse_page


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfone\r\ntwo\r\n",
        b"one\rtwo\r",
        "one\ntwo\n".encode("utf-16"),
        "\ufeffone\ntwo\n".encode("utf-16-be"),
    ],
)
def test_byte_order_marks_and_line_ends_leave_no_trace(data: bytes) -> None:
    assert decode("a.md", data) == ("one\ntwo\n", [])


def test_invalid_utf8_is_read_as_windows_1252_with_its_line() -> None:
    text, problems = decode("a.md", b"ok\r\ncaf\xe9 \x93x\x94\n")
    assert text == "ok\ncafé “x”\n"
    assert [(problem.line, problem.severity) for problem in problems] == [(2, Severity.WARNING)]


def test_bytes_in_no_encoding_are_replaced() -> None:
    text, problems = decode("a.md", b"x\x81y\n")
    assert text == "x\ufffdy\n"
    assert "replacement" in problems[0].reason


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x00\x01", b"\xff\xfea", "a\0b".encode("utf-16")])
def test_binary_is_an_error_and_no_page(data: bytes) -> None:
    page, problems = parse_page("a.md", data)
    assert page is None
    assert problems[0].severity is Severity.ERROR


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_an_empty_file_is_no_page_and_a_warning(data: bytes) -> None:
    page, problems = parse_page("a.md", data)
    assert page is None
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert [problem.reason for problem in problems] == ["the file is empty"]


@pytest.mark.parametrize("word", ["TamÃ¡s", "donâ€™t", "ðŸ¤– robot"])
def test_mojibake_is_a_warning_with_its_line_and_stays_as_written(word: str) -> None:
    text, problems = decode("a.md", f"fine\n\nBy {word}.\n".encode())
    assert word in text
    assert [problem.line for problem in problems] == [3]
    assert word.split(maxsplit=1)[0] in problems[0].reason


@pytest.mark.parametrize("text", ["Tamás and naïve façade", "Ångström, 25 °C, ½", "日本語", "PÃO", "αβγ ∂x"])
def test_right_text_is_not_taken_for_mojibake(text: str) -> None:
    assert decode("a.md", text.encode()) == (text, [])


def test_a_page_over_the_limit_is_an_error_that_says_so() -> None:
    page, problems = parse_page("a.md", b"x\n" * 2_000_000)
    assert page is None
    assert "4,000,000 characters" in problems[0].reason
