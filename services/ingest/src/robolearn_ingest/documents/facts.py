"""Facts of a lesson, as the authors of many curricula spell them in front matter."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from robolearn.domain.page import Facts
from robolearn.domain.problems import Problem, Severity

_LEVEL = ("level", "difficulty")
_MINUTES = ("minutes", "duration", "time", "estimated_time", "reading_time")
_OBJECTIVES = ("objectives", "learning_objectives", "goals")
_PREREQUISITES = ("prerequisites", "requirements")
_DISTRO = ("ros_distro", "ros", "ros_version", "distro")
_SIMULATOR = ("simulator", "simulators")
_HARDWARE = ("hardware",)
_LANGUAGE = ("language", "lang", "locale")
_TIME = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?)\s*(?:h|hr|hrs|hours?)\b)?[\s,]*(?:(\d+(?:\.\d+)?)\s*(?:m|mins?|minutes?)?\b)?\s*\Z",
    re.I,
)
_MAX_MINUTES = 100_000
_MAX_CHARACTERS = 500
_MAX_ITEMS = 50


class _WrongType(Exception):  # becomes a warning, never leaves this module
    """The value is not what the fact needs; its text says what was expected."""


def facts_of(front: Mapping[str, Any], path: str = "") -> tuple[Facts, list[Problem]]:
    """The facts and a warning for each value of a wrong type, which is then left out."""
    values = {key.lower().replace("-", "_").replace(" ", "_"): value for key, value in front.items()}
    problems: list[Problem] = []

    def fact(names: tuple[str, ...], read: Callable[[Any], Any], absent: Any) -> Any:
        name = next((name for name in names if values.get(name) is not None), None)
        try:
            return absent if name is None else read(values[name])
        except _WrongType as expected:
            problems.append(
                _warning(path, f"`{name}` in the front matter is not {expected}", f"Give {expected}.")
            )
            return absent

    facts = Facts(
        level=fact(_LEVEL, lambda value: _text(value).lower() or None, None),
        minutes=fact(_MINUTES, _minutes, None),
        objectives=fact(_OBJECTIVES, _texts, ()),
        prerequisites=fact(_PREREQUISITES, _texts, ()),
        ros_distro=fact(_DISTRO, _names, ()),
        simulator=fact(_SIMULATOR, _names, ()),
        hardware=fact(_HARDWARE, _names, ()),
        language=fact(
            _LANGUAGE, lambda value: _text("no" if value is False else value).lower() or None, None
        ),
    )
    return facts, problems


def text_of(front: Mapping[str, Any], key: str) -> str | None:
    """A one-line text such as the title; None when it is absent, empty or not a plain value."""
    value = front.get(key)
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _WrongType("a text")
    return " ".join(str(value).split())[:_MAX_CHARACTERS]


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [line.strip().removeprefix("- ") for line in value.splitlines()]
    if not isinstance(value, list):
        raise _WrongType("a text or a list of texts")
    try:
        return tuple(text for item in value[:_MAX_ITEMS] if item is not None and (text := _text(item)))
    except _WrongType:
        raise _WrongType("a text or a list of texts") from None


def _names(value: Any) -> tuple[str, ...]:
    """Names in lower case, each once, in the author's order; a text may hold several with commas."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        value = value.split(",")
    return tuple(dict.fromkeys(name.lower() for name in _texts(value)))


def _minutes(value: Any) -> int:
    expected = "a number of minutes, such as 45 or `1 h 30 min`"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _WrongType(expected)
    found = _TIME.match(str(value)[:100].lstrip("~≈ "))
    if not found or not (found[1] or found[2]):
        raise _WrongType(expected)
    minutes = round(float(found[1] or 0) * 60 + float(found[2] or 0))
    if not 0 < minutes <= _MAX_MINUTES:
        raise _WrongType(expected)
    return minutes


def _warning(path: str, reason: str, advice: str) -> Problem:
    return Problem(path, 1, Severity.WARNING, reason, advice)
