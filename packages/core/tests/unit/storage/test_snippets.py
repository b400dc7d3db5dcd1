"""Marks to offsets, and the window that is shown."""

from hypothesis import given
from hypothesis import strategies as st

from robolearn.storage.passages.snippets import LENGTH, START, STOP, marked_spans, snippet_of


def marked(text: str) -> str:
    return text.replace("[", START).replace("]", STOP)


def shown(text: str) -> tuple[str, list[str]]:
    plain = text.replace("[", "").replace("]", "")
    snippet = snippet_of(plain, marked_spans(marked(text)))
    return snippet.text, [snippet.text[start:end] for start, end in snippet.highlights]


def test_marks_become_offsets_into_the_text_without_them() -> None:
    assert marked_spans(marked("a [robot] and [drift]")) == [(2, 7), (12, 17)]
    assert marked_spans("nothing") == []
    assert marked_spans(marked("[all]")) == [(0, 3)]


def test_a_short_passage_is_shown_whole() -> None:
    assert shown("why [robots] drift") == ("why robots drift", ["robots"])
    assert shown("") == ("", [])


def test_a_long_passage_without_highlights_shows_its_beginning() -> None:
    text, highlights = shown("word " * 100)
    assert text.startswith("word word")
    assert text.endswith("word …")
    assert highlights == []


def test_the_window_with_the_most_different_words_wins() -> None:
    text, highlights = shown("[map] [map] [map] " + "far " * 100 + "a [map] of [drift]" + " away" * 100)
    assert text.startswith("… far")
    assert text.endswith("away …")
    assert highlights == ["map", "drift"]


def test_one_endless_word_is_cut_all_the_same() -> None:
    text, highlights = shown("x" * 1000 + " [drift]")
    assert len(text) <= LENGTH + 4
    assert highlights == ["drift"]


pieces = st.lists(
    st.tuples(st.text("ab \n", max_size=60), st.text("cd", min_size=1, max_size=9)), max_size=30
)


@given(pieces)
def test_what_is_shown_is_a_piece_of_the_text_and_highlights_are_whole(parts: list[tuple[str, str]]) -> None:
    plain = "".join(before + word for before, word in parts)
    text = "".join(f"{before}{START}{word}{STOP}" for before, word in parts)
    snippet = snippet_of(plain, marked_spans(text))
    assert snippet.text.removeprefix("… ").removesuffix(" …") in plain
    assert len(snippet.text) <= LENGTH + 4
    words = {word for _, word in parts}
    assert {snippet.text[start:end] for start, end in snippet.highlights} <= words
