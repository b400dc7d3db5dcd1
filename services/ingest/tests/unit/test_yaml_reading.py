"""YAML from strangers: tags survive as their value, bombs and objects do not."""

import time

import pytest

from robolearn_ingest.yaml_reading import YamlProblem, read_yaml

BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "\n".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]" for i in range(9)
)


def test_plain_values_are_read() -> None:
    assert read_yaml("a: 1\nb: [x, true, null]\nc: {d: 2.5}") == {
        "a": 1,
        "b": ["x", True, None],
        "c": {"d": 2.5},
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: !!python/name:material.extensions.emoji.twemoji", {"a": ""}),
        ("a: !ENV [CI, false]", {"a": ["CI", False]}),
        ("a: !relative $config_dir", {"a": "$config_dir"}),
        ("a: !!python/object/apply:os.system ['true']", {"a": ["true"]}),
        ("a: !thing {b: 1}", {"a": {"b": 1}}),
    ],
)
def test_unknown_tags_survive_as_the_value_they_stand_on(text: str, value: object) -> None:
    assert read_yaml(text) == value


def test_dates_stay_the_text_that_was_written() -> None:
    assert read_yaml("a: 2024-01-31\nb: 2023-13-45") == {"a": "2024-01-31", "b": "2023-13-45"}


def test_merge_keys_and_small_aliases_work() -> None:
    assert read_yaml("base: &b {x: 1}\nmore: {<<: *b, y: 2}") == {"base": {"x": 1}, "more": {"x": 1, "y": 2}}


def test_keys_that_are_lists_become_text() -> None:
    assert read_yaml("? [1, 2]\n: 3") == {"[1, 2]": 3}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "unfolds"),
        ("&a [*a]", "no finished anchor"),
        ("[" * 100_000, "nested deeper"),
        ("- " * 40_000, "nested deeper"),
        ("a: b: c", "mapping values"),
        ("a: [1", "expected"),
        ("a: \x01", "control characters"),
        ("a: " + "9" * 5_000, "does not fit"),
        ("x" * 1_000_001, "longer than"),
    ],
)
def test_what_is_not_plain_small_yaml_is_refused_at_once(text: str, reason: str) -> None:
    started = time.process_time()
    with pytest.raises(YamlProblem, match=reason):
        read_yaml(text)
    assert time.process_time() - started < 2


def test_a_problem_names_the_line() -> None:
    with pytest.raises(YamlProblem) as problem:
        read_yaml("a: 1\nb: c: d\n")
    assert problem.value.line == 2
