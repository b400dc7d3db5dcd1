"""Languages to configurations, text to what a column takes, URLs to what a driver takes."""

import pytest

from robolearn.domain.errors import SettingsError
from robolearn.storage.engine import psycopg2_url
from robolearn.storage.languages import search_config
from robolearn.storage.plain import storable


@pytest.mark.parametrize(
    ("language", "config"),
    [("en", "english"), ("EN", "english"), ("pt-BR", "portuguese"), ("de_AT", "german"), ("nb", "norwegian")],
)
def test_a_language_tag_finds_its_stemmer(language: str, config: str) -> None:
    assert search_config(language) == config


@pytest.mark.parametrize("language", ["zh", "ja", "ur", "", "-", "english"])
def test_a_language_without_a_stemmer_is_searched_word_for_word(language: str) -> None:
    assert search_config(language) == "simple"


def test_text_loses_only_what_a_column_refuses() -> None:
    assert storable("a\x00b\udcffc é 🤖") == "a b?c é 🤖"


def test_a_url_is_turned_to_the_driver_and_a_wrong_one_kept_secret() -> None:
    assert psycopg2_url("postgresql://u:p@h/d").drivername == "postgresql+psycopg2"
    assert psycopg2_url("postgres://u:p@h/d").drivername == "postgresql+psycopg2"
    with pytest.raises(SettingsError, match="DATABASE_URL") as caught:
        psycopg2_url("mysql://u:hunter2@h/d")
    assert "hunter2" not in str(caught.value)
