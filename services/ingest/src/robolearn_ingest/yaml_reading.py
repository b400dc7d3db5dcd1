"""YAML from strangers: plain values only, unknown tags survive as their value, bombs are refused.

A curriculum's YAML (front matter, `mkdocs.yml`, `_toc.yml`) is data. Tags such as `!!python/name:x`, `!ENV`
or `!relative` are read as the scalar, list or mapping they stand on and never construct anything. The text
is first read as a flat stream of events, so that what aliases would unfold to is known before it is built.
"""

from collections.abc import Hashable
from typing import Any

import yaml

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 64
MAX_NODES = 50_000

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class YamlProblem(Exception):  # it is reported, not an error of ours
    """The text is not YAML, or more of it than we read. `line` counts from 1 within the text, or is None."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class _PlainLoader(_Loader):  # type: ignore[misc]  # the C loader when PyYAML has it, else the Python one
    """Builds strings, numbers, booleans, None, lists and dicts, whatever the tags say."""

    def construct_unhashable_safe(self, node: yaml.Node) -> Any:
        """A mapping whose keys that cannot be keys (lists, mappings) become their text."""
        self.flatten_mapping(node)
        pairs = [
            (self.construct_object(key, deep=True), self.construct_object(value, deep=True))
            for key, value in node.value
        ]
        return {key if isinstance(key, Hashable) else str(key): value for key, value in pairs}

    def construct_plain(self, node: yaml.Node) -> Any:
        """The value that a node of an unknown tag stands on."""
        if isinstance(node, yaml.MappingNode):
            return self.construct_unhashable_safe(node)
        if isinstance(node, yaml.SequenceNode):
            return self.construct_sequence(node, deep=True)
        return node.value


_PlainLoader.add_constructor(None, _PlainLoader.construct_plain)
for _kind in ("map", "seq", "timestamp", "binary", "set", "omap", "pairs"):
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _PlainLoader.construct_plain)


def read_yaml(text: str) -> object:
    """The value of one YAML document; dates stay text. Raises `YamlProblem`."""
    if len(text) > MAX_CHARACTERS:
        raise YamlProblem(f"the YAML is longer than {MAX_CHARACTERS:,} characters")
    try:
        _refuse_bombs(text)
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506  # builds plain values only, see above
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable as YAML"
        raise YamlProblem(str(reason), mark.line + 1 if mark else None) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise YamlProblem(f"a value does not fit its type: {error}") from error


def _refuse_bombs(text: str) -> None:
    """Raise `YamlProblem` when nesting is too deep, or aliases would unfold to too many nodes."""
    unfolded = _Unfolded()
    for event in yaml.parse(text, Loader=_Loader):
        unfolded.read(event)


class _Unfolded:
    """How large the nodes read so far are once their aliases are followed."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str | None]] = []
        self._anchors: dict[str, int] = {}
        self._nodes = 0

    def read(self, event: yaml.Event) -> None:
        """Count one event. Raises `YamlProblem` at the line that goes over a limit."""
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, _OPENING):
            self._anchors.pop(event.anchor or "", None)  # an alias inside its own anchor finds nothing
            self._open.append((self._nodes, event.anchor))
            self._nodes += 1
        elif isinstance(event, _CLOSING):
            before, anchor = self._open.pop()
            self._remember(anchor, self._nodes - before)
        elif isinstance(event, yaml.AliasEvent):
            self._nodes += self._size_of(event.anchor or "", line)
        elif isinstance(event, yaml.ScalarEvent):
            self._nodes += 1
            self._remember(event.anchor, 1)
        self._check(line)

    def _remember(self, anchor: str | None, size: int) -> None:
        if anchor:
            self._anchors[anchor] = size

    def _size_of(self, anchor: str, line: int | None) -> int:
        if anchor not in self._anchors:
            raise YamlProblem(f"the alias *{anchor} has no finished anchor", line)
        return self._anchors[anchor]

    def _check(self, line: int | None) -> None:
        if len(self._open) > MAX_DEPTH:
            raise YamlProblem(f"the YAML is nested deeper than {MAX_DEPTH} levels", line)
        if self._nodes > MAX_NODES:
            raise YamlProblem(f"the YAML unfolds to more than {MAX_NODES:,} values", line)
