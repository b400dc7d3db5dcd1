"""Front matter at the very top of a page: YAML between two `---` lines, or TOML between two `+++` lines."""

import re
import tomllib
from typing import Any

from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.yaml_reading import YamlProblem, read_yaml

_FENCE = re.compile(r"---[ \t]*\Z")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_PAIR = re.compile(r"([A-Za-z_][\w-]{0,60}):(?:[ \t]+(.*)|)\Z")
_QUOTED = re.compile(r"""(['"])(.*)\1\s*\Z""")
MAX_LINES = 2_000


def front_matter(text: str, path: str = "") -> tuple[dict[str, Any], int, list[Problem]]:
    """The front matter's values, the 1-based line on which the body begins, and what was wrong.

    A text that only begins with a thematic break has none. Broken front matter is a warning: its simple
    `key: value` lines are kept, and the body still begins after it.
    """
    if text.startswith("+++"):
        return _toml(text, path)
    if not text.startswith("---"):
        return {}, 1, []
    lines = text.split("\n", MAX_LINES)[:MAX_LINES]
    if not _FENCE.match(lines[0]):
        return {}, 1, []
    end = next((number for number, line in enumerate(lines[1:], 1) if _END.match(line)), None)
    if end is None:
        return {}, 1, _unclosed(lines, path)
    return _read(lines[1:end], end + 2, path)


def _read(lines: list[str], body: int, path: str) -> tuple[dict[str, Any], int, list[Problem]]:
    try:
        values = read_yaml("\n".join(lines))
    except YamlProblem as problem:
        if not _looks_like_front_matter(lines):
            return {}, 1, []
        line = 1 + (problem.line or 1)
        return _salvaged(lines), body, [_warning(path, line, f"broken front matter: {problem.reason}")]
    if values is None:
        return {}, body, []
    if not isinstance(values, dict):
        return {}, 1, []
    return {str(key): value for key, value in values.items()}, body, []


def _toml(text: str, path: str) -> tuple[dict[str, Any], int, list[Problem]]:
    lines = [line.rstrip() for line in text.split("\n", MAX_LINES)[:MAX_LINES]]
    if lines[0] != "+++" or "+++" not in lines[1:]:
        return {}, 1, []
    end = lines.index("+++", 1)
    try:
        return tomllib.loads("\n".join(lines[1:end])), end + 2, []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        advice = "Write valid TOML between two lines of `+++` at the top of the file."
        reason = f"broken front matter: {error}"
        return {}, end + 2, [Problem(path, 1, Severity.WARNING, reason, advice)]


def _salvaged(lines: list[str]) -> dict[str, Any]:
    """The top-level `key: value` lines as text, such as a title with a colon in it."""
    pairs = (_PAIR.match(line) for line in lines)
    return {pair[1]: _unquoted(pair[2]) for pair in pairs if pair and _is_text(pair[2])}


def _is_text(value: str | None) -> bool:
    return bool(value and value.strip()) and value.strip()[0] not in "[{|>&*!"  # type: ignore[union-attr]


def _unquoted(value: str) -> str:
    quoted = _QUOTED.match(value.strip())
    return quoted[2] if quoted else value.strip().strip("'\"")


def _looks_like_front_matter(lines: list[str]) -> bool:
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return bool(_PAIR.match(first))


def _unclosed(lines: list[str], path: str) -> list[Problem]:
    if not _looks_like_front_matter(lines[1:]):
        return []
    return [_warning(path, 1, "the front matter is never closed, so it is read as text")]


def _warning(path: str, line: int, reason: str) -> Problem:
    advice = (
        "Write valid YAML between two lines of `---` at the top of the file; quote texts that hold a colon."
    )
    return Problem(path, line, Severity.WARNING, reason, advice)
