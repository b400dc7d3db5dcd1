"""Code with Pygments classes; the page's style sheet gives them their colours."""

import re
from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
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
    return highlight(code, lexer, _FORMATTER) if lexer else escape(code, quote=False)


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
