"""What the expressions of a script are worth, as far as that can be told without running it."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from posixpath import dirname, normpath

from tree_sitter import Node

from robolearn_ingest.layouts.scripts.syntax import (
    FUNCTIONS,
    WRAPPERS,
    Syntax,
    line_of_node,
    parse,
    read_block,
    text_of,
)
from robolearn_ingest.layouts.scripts.values import Table, Text, Unknown, Value

MAX_DEPTH = 100
MAX_VALUES = 100_000
MAX_TEXT = 10_000
_CHARACTERS_A_VALUE = 64
_ENDINGS = ("", ".js", ".ts", ".mjs", ".cjs", ".json", "/index.js", "/index.ts")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)

Read = Callable[[str], str | None]


def read_script(path: str, text: str, read: Read = lambda _: None) -> "Script":
    """A script to ask for its exports. `read` gives the text of another script of the source, or None."""
    return Script(path, parse(path, text), read, {path}, [0])


class Script:
    """One script; those it imports are read on demand."""

    def __init__(self, path: str, syntax: Syntax, read: Read, loading: set[str], count: list[int]) -> None:
        self.path = path
        self.broken_line = syntax.broken_line
        self._syntax = syntax
        self._read = read
        self._loading = loading
        self._count = count
        self._resolving: set[str] = set()
        self._depth = 0

    def value(self) -> Value:
        """What the script exports: its default, else an object of what it exports by name."""
        if "default" in self._syntax.exports:
            return self._returned(self._syntax.exports["default"])
        if not self._syntax.exports:
            return Unknown("nothing is exported", 1)
        table = Table(1)
        for name, node in self._syntax.exports.items():
            table[name] = self._evaluate(node)
        return table

    def named(self, name: str) -> Value:
        """One of its exports; "default" for what `value` gives."""
        node = self._syntax.exports.get(name)
        return self.value() if name == "default" or node is None else self._evaluate(node)

    def _returned(self, node: Node) -> Value:
        """The value, or what it returns if it is a function (a configuration may be one)."""
        while node.type in WRAPPERS:
            node = node.named_children[0]
        if node.type == "identifier" and self._syntax.names.get(text_of(node), node).type in FUNCTIONS:
            node = self._syntax.names[text_of(node)]
        if node.type not in FUNCTIONS:
            return self._evaluate(node)
        body = node.child_by_field_name("body")
        if body is None or body.type != "statement_block":
            return self._evaluate(body) if body else None
        read_block(body, self._syntax)
        returns = [child for child in body.named_children if child.type == "return_statement"]
        return (
            self._evaluate(returns[-1].named_children[0]) if returns and returns[-1].named_children else None
        )

    def _evaluate(self, node: Node) -> Value:
        with self._deeper() as allowed:
            method = _METHODS.get(node.type)
            if not allowed or method is None:
                return _unknown(node)
            return method(self, node)

    @contextmanager
    def _deeper(self) -> Iterator[bool]:
        self._depth += 1
        self._count[0] += 1
        try:
            yield self._depth <= MAX_DEPTH and self._count[0] <= MAX_VALUES
        finally:
            self._depth -= 1

    def _inner(self, node: Node) -> Value:
        return self._evaluate(node.named_children[0]) if node.named_children else None

    def _string(self, node: Node) -> Value:
        text = text_of(node)[1:-1]
        self._count[0] += len(text) // _CHARACTERS_A_VALUE
        return Text.at(_ESCAPE.sub(_unescaped, text), line_of_node(node))

    def _template(self, node: Node) -> Value:
        words = []
        for child in node.named_children:
            part = self._inner(child) if child.type == "template_substitution" else text_of(child)
            if not isinstance(part, str):
                return _unknown(node)
            words.append(_ESCAPE.sub(_unescaped, part))
        return self._bounded("".join(words), node)

    def _bounded(self, text: str, node: Node) -> Value:
        """A text that was put together, unless it has grown beyond anything an author means."""
        return Text.at(text, line_of_node(node)) if len(text) <= MAX_TEXT else _unknown(node)

    def _number(self, node: Node) -> Value:
        try:
            return float(text_of(node).replace("_", ""))
        except ValueError:
            return _unknown(node)

    def _negative(self, node: Node) -> Value:
        value = self._inner(node)
        if text_of(node).startswith("-") and isinstance(value, float):
            return -value
        return not value if text_of(node).startswith("!") and isinstance(value, bool) else _unknown(node)

    def _either_or_sum(self, node: Node) -> Value:
        operator = text_of(node.child_by_field_name("operator"))
        if operator in {"||", "??"}:  # what a build's environment may replace has a value to fall back on
            left, right = (self._evaluate(child) for child in node.named_children)
            return right if isinstance(left, Unknown) or not left else left
        values = [self._evaluate(child) for child in node.named_children]
        left_and_right = [value for value in values if isinstance(value, Text)]
        plus = any(child.type == "+" for child in node.children)
        if plus and len(left_and_right) == len(values):
            return self._bounded("".join(left_and_right), node)
        return _unknown(node)

    def _array(self, node: Node) -> Value:
        values: list[Value] = []
        for child in node.named_children:
            if child.type == "spread_element":
                spread = self._inner(child)
                values += spread if isinstance(spread, list) else [_unknown(child)]
                self._count[0] += len(spread) if isinstance(spread, list) else 0
            elif child.type != "comment":
                values.append(self._evaluate(child))
        return values if self._count[0] <= MAX_VALUES else _unknown(node)

    def _object(self, node: Node) -> Value:
        table = Table(line_of_node(node))
        for child in node.named_children:
            if child.type == "pair":
                self._pair(child, table)
            elif child.type == "shorthand_property_identifier":
                table[text_of(child)] = self._identifier(child)
            elif child.type == "spread_element":
                spread = self._inner(child)
                table |= (
                    spread if isinstance(spread, Table) else {f"...{line_of_node(child)}": _unknown(child)}
                )
        return table

    def _pair(self, pair: Node, table: Table) -> None:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is None or value is None:
            return
        name = text_of(key)
        if key.type in {"string", "computed_property_name"}:
            known = self._string(key) if key.type == "string" else self._inner(key)
            name = str(known) if isinstance(known, str) else name
        table[name] = self._evaluate(value)

    def _identifier(self, node: Node) -> Value:
        name = text_of(node)
        if name in self._syntax.imports:
            return self._imported(*self._syntax.imports[name], node)
        declared = self._syntax.names.get(name)
        if declared is None or name in self._resolving:
            return Text.at("", line_of_node(node)) if name == "__dirname" else _unknown(node)
        self._resolving.add(name)
        try:
            return self._evaluate(declared)
        finally:
            self._resolving.discard(name)

    def _member(self, node: Node) -> Value:
        owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        if owner is None or name is None:
            return _unknown(node)
        table = self._evaluate(owner)
        return table[text_of(name)] if isinstance(table, Table) and text_of(name) in table else _unknown(node)

    def _call(self, node: Node) -> Value:
        called, arguments = (
            text_of(node.child_by_field_name("function")),
            node.child_by_field_name("arguments"),
        )
        values = [self._evaluate(one) for one in arguments.named_children] if arguments else []
        if called == "require" and values and isinstance(values[0], Text):
            return self._imported(values[0], "default", node)
        if called in {"path.join", "path.resolve", "join", "resolve", "require.resolve"}:
            return self._joined(values, node)
        if (called == "Object.freeze" or called.startswith("define")) and len(values) == 1:
            return values[0]
        return _unknown(node)

    def _joined(self, values: list[Value], node: Node) -> Value:
        words = [value for value in values if isinstance(value, Text)]
        if not words or len(words) < len(values):
            return _unknown(node)
        return Text.at("/".join(word for word in words if word), line_of_node(node))

    def _imported(self, module: str, name: str, node: Node) -> Value:
        if not module.startswith("."):
            return _unknown(node)
        stem = normpath(f"{dirname(self.path)}/{module}".lstrip("/"))
        for path in (f"{stem}{ending}" for ending in _ENDINGS):
            text = None if path in self._loading else self._read(path)
            if text is not None:
                other = Script(path, parse(path, text), self._read, self._loading | {path}, self._count)
                return other.named(name)
        return _unknown(node)


_METHODS: dict[str, Callable[[Script, Node], Value]] = {
    **dict.fromkeys(WRAPPERS, Script._inner),
    "string": Script._string,
    "template_string": Script._template,
    "number": Script._number,
    "unary_expression": Script._negative,
    "binary_expression": Script._either_or_sum,
    "array": Script._array,
    "object": Script._object,
    "identifier": Script._identifier,
    "member_expression": Script._member,
    "call_expression": Script._call,
    "true": lambda *_: True,
    "false": lambda *_: False,
    "null": lambda *_: None,
    "undefined": lambda *_: None,
}


def _unknown(node: Node) -> Unknown:
    return Unknown(" ".join(text_of(node).split())[:60], line_of_node(node))


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= sys.maxunicode else "\N{REPLACEMENT CHARACTER}"
    return "" if found[4] in {"\n", "\r\n"} else _ESCAPES.get(found[4], found[4])
