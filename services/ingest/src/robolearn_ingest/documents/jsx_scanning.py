"""Where a JSX tag, a braced expression or an import statement ends: one pass over characters, no grammar."""

import re
from dataclasses import dataclass

MAX_CHARACTERS = 50_000
_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)?")
_ATTRIBUTE_NAME = re.compile(r"\s*([A-Za-z_$@:][\w$.:@-]*)\s*(=?)\s*")
_SPACE = re.compile(r"\s*")
_CODE = re.compile(r"""["'`]|[{}()\[\]]|//[^\n]*|/\*""")
_STRINGS = {
    '"': re.compile(r'"(?:[^"\\\n]|\\.)*"', re.S),
    "'": re.compile(r"'(?:[^'\\\n]|\\.)*'", re.S),
}
_TEMPLATE = re.compile(r"\\.|\$\{|`", re.S)
_ATTRIBUTE_STRING = {'"': re.compile(r'"[^"]*"'), "'": re.compile(r"'[^']*'")}


@dataclass(frozen=True, slots=True)
class Tag:
    """A JSX tag: `name` is "" for a fragment; `source` is the whole tag as written."""

    name: str
    closing: bool
    self_closing: bool
    source: str
    braced: bool


class Scanner:
    """Scans one text, with a bound on the work that failed scans may cost."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._budget = 20 * MAX_CHARACTERS

    def tag(self, start: int) -> Tag | None:
        """The JSX tag that begins at `start`, or None."""
        head = _NAME.match(self._text, start)
        if not head or self._budget <= 0:
            return None
        end, braced = self._attributes(head.end(), bool(head[1]))
        if end < 0:
            self._budget -= min(len(self._text) - start, MAX_CHARACTERS) // 10 + 10
            return None
        source = self._text[start:end]
        return Tag(head[2] or "", bool(head[1]), source.endswith("/>"), source, braced)

    def _attributes(self, position: int, closing: bool) -> tuple[int, bool]:
        """The end of the tag whose name ends at `position` (-1: it is none), and whether a brace was seen."""
        text, braced, limit = self._text, False, position + MAX_CHARACTERS
        while position < limit:
            position = _space(text, position)
            if text.startswith(">", position):
                return position + 1, braced
            if text.startswith("/>", position):
                return (-1 if closing else position + 2), braced
            if text.startswith("{", position):
                position, braced = self.braces(position), True
            else:
                position, value_braced = self._attribute(position)
                braced = braced or value_braced
            if position < 0:
                break
        return -1, braced

    def _attribute(self, position: int) -> tuple[int, bool]:
        name = _ATTRIBUTE_NAME.match(self._text, position)
        if not name:
            return -1, False
        if not name[2]:
            return name.end(1), False
        if self._text.startswith("{", name.end()):
            return self.braces(name.end()), True
        quote = self._text[name.end() : name.end() + 1]
        value = _ATTRIBUTE_STRING[quote].match(self._text, name.end()) if quote in _ATTRIBUTE_STRING else None
        return (value.end() if value else -1), False

    def braces(self, start: int) -> int:
        """The end of the balanced `{...}` that begins at `start`, or -1."""
        if self._budget <= 0:
            return -1
        end = self._balanced(start, min(len(self._text), start + MAX_CHARACTERS))
        if end < 0:
            self._budget -= min(len(self._text) - start, MAX_CHARACTERS)
        return end

    def _balanced(self, start: int, limit: int) -> int:
        depth, position = 0, start
        templates: list[int] = []  # the depths at which a `${` was opened
        while position >= 0 and (found := _CODE.search(self._text, position, limit)):
            mark, position = found[0], found.end()
            depth += (mark in "{([") - (mark in "})]")
            if depth == 0 and mark in "})]":
                return position
            resumed = mark in "})]" and templates[-1:] == [depth]
            if resumed or mark == "`":
                del templates[len(templates) - resumed :]
                position, opened = self._template(position, limit)
                templates += [depth] * opened
                depth += opened
            elif mark not in "{([})]":
                position = self._past_literal(mark, found.start(), position, limit)
        return -1

    def _past_literal(self, mark: str, start: int, after: int, limit: int) -> int:
        """The end of a string or comment that begins at `start`; -1 for a comment that never ends."""
        if mark == "/*":
            end = self._text.find("*/", after, limit)
            return end + 2 if end >= 0 else -1
        string = _STRINGS[mark].match(self._text, start, limit) if mark in _STRINGS else None
        return string.end() if string else after

    def _template(self, position: int, limit: int) -> tuple[int, bool]:
        """After a backtick or the end of a `${}`: where code goes on, and whether in a new `${`."""
        while found := _TEMPLATE.search(self._text, position, limit):
            position = found.end()
            if found[0] in ("${", "`"):
                return position, found[0] == "${"
        return -1, False

    def statement(self, start: int) -> int:
        """The end of a JavaScript statement: the first line end outside of all brackets and strings."""
        position = start
        while True:
            newline = self._text.find("\n", position)
            end = len(self._text) if newline < 0 else newline
            found = _CODE.search(self._text, position, end)
            if not found:
                return end
            position = self._past(found[0], found.start(), found.end(), end)

    def _past(self, mark: str, start: int, after: int, line_end: int) -> int:
        limit = min(len(self._text), start + MAX_CHARACTERS)
        if mark in "{([":
            end = self.braces(start)
        elif mark == "`":
            end, opened = self._template(after, limit)
            end = line_end if opened else end
        elif mark in "})]":
            end = after
        else:
            end = self._past_literal(mark, start, after, limit)
        return end if end > 0 else line_end


def _space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
