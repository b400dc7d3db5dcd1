"""Tokens to HTML for readers: safe, without inline styles, headings with the anchors of the passages."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from robolearn_ingest.documents.highlighting import highlighted, language_of
from robolearn_ingest.documents.html_rendering import Place, image, jsx_html, link_open, raw_html
from robolearn_ingest.documents.jsx_text import expression_texts
from robolearn_ingest.documents.mathml import mathml
from robolearn_ingest.documents.plain_text import plain, role_text
from robolearn_ingest.documents.sanitising import sanitised
from robolearn_ingest.documents.units import code_title

_BLOCK_END = "\n"


def rendered(tokens: Sequence[Token], path: str) -> str:
    """Safe HTML of a page, or of a part of one."""
    return sanitised(_Rendering(path).blocks(tokens)).strip()


class _Rendering:
    def __init__(self, path: str) -> None:
        self._place = Place(path)
        self._rules: dict[str, Callable[[Token], str]] = {
            "text": lambda token: escape(token.content, quote=False),
            "text_special": lambda token: escape(token.content, quote=False),
            "emoji": lambda token: token.content,
            "softbreak": lambda _: "\n",
            "hardbreak": lambda _: "<br>\n",
            "code_inline": lambda token: f"<code>{escape(token.content, quote=False)}</code>",
            "fence": self._code,
            "code_block": self._code,
            "html_block": lambda token: raw_html(token.content, self._place, block=True),
            "html_inline": lambda token: raw_html(token.content, self._place),
            "math_inline": lambda token: mathml(token.content, display=False),
            "math_inline_double": lambda token: mathml(token.content, display=True),
            "math_block": lambda token: f'<div class="math">{mathml(token.content, display=True)}</div>',
            "math_block_label": lambda token: (
                f'<div class="math">{mathml(token.content, display=True)}</div>'
            ),
            "amsmath": lambda token: f'<div class="math">{mathml(token.content, display=True)}</div>',
            "image": self._image,
            "link_open": self._link_open,
            "link_close": self._link_close,
            "jsx": lambda token: jsx_html(token.meta["tag"], self._place, block=token.block),
            "expression": _expression,
            "myst_role": self._role,
            "footnote_ref": _footnote_ref,
            "footnote_block_open": lambda _: '<section class="footnotes"><ol>',
            "footnote_block_close": lambda _: "</ol></section>",
            "footnote_open": lambda token: f'<li id="fn{token.meta["id"] + 1}">',
            "footnote_close": lambda _: "</li>",
            "footnote_anchor": lambda _: "",
            "list_item_open": _list_item,
        }

    def blocks(self, tokens: Sequence[Token]) -> str:
        parts = list[str]()
        for index, token in enumerate(tokens):
            if token.type == "inline":
                parts.append(self._inline(token, tokens, index))
            elif not token.hidden:
                parts.append(self._token(token))
                if token.block and token.nesting != 1:
                    parts.append(_BLOCK_END)
        return "".join(parts)

    def _token(self, token: Token) -> str:
        rule = self._rules.get(token.type)
        if rule:
            return rule(token)
        if not token.tag:
            return ""
        if token.nesting == -1:
            return f"</{token.tag}>"
        kept = ((name, value) for name, value in token.attrs.items() if name in ("id", "class", "start"))
        return f"<{token.tag}{''.join(f' {name}={_quoted(value)}' for name, value in kept)}>"

    def _inline(self, token: Token, tokens: Sequence[Token], index: int) -> str:
        children = token.children or []
        if len(children) == 1 and children[0].type == "image" and tokens[index - 1].type == "paragraph_open":
            return self._image(children[0], block=True)
        return "".join(self._token(child) for child in children)

    def _code(self, token: Token) -> str:
        language = language_of(token.info) if token.type == "fence" else ""
        if language == "math":
            return f'<div class="math">{mathml(token.content, display=True)}</div>'
        title = code_title(token.info)
        caption = f'<p class="code-title">{escape(title)}</p>' if title else ""
        css = f' class="highlight language-{escape(language)}"' if language else ' class="highlight"'
        return f"{caption}<pre{css}><code>{highlighted(token.content, language)}</code></pre>"

    def _image(self, token: Token, *, block: bool = False) -> str:
        alt = plain(token.children or [])
        return image(str(token.attrs.get("src", "")), alt, linked=self._place.linked, block=block)

    def _link_open(self, token: Token) -> str:
        self._place.linked = True
        return link_open(str(token.attrs.get("href", "")), self._place.path)

    def _link_close(self, _: Token) -> str:
        self._place.linked = False
        return "</a>"

    def _role(self, token: Token) -> str:
        if token.meta["name"] == "math":
            return mathml(token.content, display=False)
        return escape(role_text(token), quote=False)


def _expression(token: Token) -> str:
    texts = expression_texts(token.content)
    return escape(token.content if texts is None else " ".join(texts), quote=False)


def _footnote_ref(token: Token) -> str:
    number = token.meta["id"] + 1
    return f'<sup class="footnote-ref"><a href="#fn{number}">[{number}]</a></sup>'


def _list_item(token: Token) -> str:
    checked = token.meta.get("checked")
    box = "" if checked is None else f'<span class="task-box">{"☑" if checked else "☐"}</span> '
    return f"<li>{box}" if checked is None else f'<li class="task-list-item">{box}'


def _quoted(value: Any) -> str:
    return f'"{escape(str(value))}"'
