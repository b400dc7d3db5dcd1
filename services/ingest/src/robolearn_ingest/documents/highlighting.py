"""Code with Pygments classes; the page's style sheet gives them their colours."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

_MAX_CHARACTERS = 50_000
_LANGUAGE = re.compile(r"[A-Za-z][\w+#-]*")
_ALIASES = {
    "ipython": "python", "ipython3": "python", "launch": "xml", "py": "python", "sdf": "xml", "sh": "bash",
    "shell": "bash", "urdf": "xml", "xacro": "xml",
}  # fmt: skip
_PLAIN = {"action", "mermaid", "msg", "output", "plain", "plaintext", "srv", "text", "txt"}


def language_of(info: str) -> str:
    """The language that a fence names: `python title="a.py"`, `{.sourceCode .bash}`, `rust,ignore`."""
    words = [
        word
        for word in info.strip().lstrip("{").rstrip("}").replace(".", " ").split()
        if word.lower() != "sourcecode"
    ]
    found = _LANGUAGE.match(words[0]) if words else None
    return found[0].lower() if found else ""


def highlighted(code: str, language: str) -> str:
    """HTML of the code, escaped, with `<span class>` where the language is known."""
    lexer = _lexer(_ALIASES.get(language, language)) if len(code) <= _MAX_CHARACTERS else None
    return "".join(_spans(code, lexer)) if lexer else escape(code, quote=False)


def _spans(code: str, lexer: Lexer) -> Iterator[str]:
    """Runs of one class each; Pygments' own formatter takes twice as long for what it can do beyond this."""
    for kind, run in groupby(lexer.get_tokens(code), key=lambda token: _css(token[0])):
        text = escape("".join(value for _, value in run), quote=False)
        yield f'<span class="{kind}">{text}</span>' if kind else text


@cache
def _css(kind: _TokenType) -> str:
    """The short class of a kind of token, or of the nearest kind above it that has one."""
    while kind.parent and kind not in STANDARD_TYPES:
        kind = kind.parent
    css = STANDARD_TYPES.get(kind, "")
    return "" if css == "w" else css


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return (
            get_lexer_by_name(language, stripnl=False, ensurenl=False)
            if language and language not in _PLAIN
            else None
        )
    except ClassNotFound:
        return None
