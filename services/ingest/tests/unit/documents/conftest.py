"""Pages from text, and what a reader sees of their HTML, found without the code under test."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from robolearn.domain.page import Page
from robolearn_ingest.documents import parse_page

_WORD = re.compile(r"\w+")
_APART = {
    "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "span", "summary",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        css = (dict(attrs).get("class") or "").split()
        nested = bool(self._hidden) and tag == self._hidden[0]
        if tag == "math" or {"unnamed", "media"} & set(css) or nested:
            self._hidden.append(tag)
        if tag in _APART:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if tag in _APART:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def visible_words(html: str) -> Counter[str]:
    """The words of HTML with how often each is seen; formulas, nameless pictures and media aside."""
    parser = _Visible()
    parser.feed(html)
    parser.close()
    return Counter(_WORD.findall("".join(parser.parts)))


def words_lost(page: Page) -> set[str]:
    """The words of a page's HTML that neither its passages nor its headings hold as often.

    White space is left out of the comparison: a stray `<td>` parts two words in one and not in the other.
    """
    texts = [passage.text for passage in page.passages] + [heading.text for heading in page.headings]
    findable = "".join("".join(texts).split())
    return {word for word, count in visible_words(page.html).items() if findable.count(word) < count}


@pytest.fixture(scope="session")
def page_of() -> Callable[..., Page]:
    """Makes the page that a text is; it must have no problems."""

    def make(text: str, path: str = "docs/page.md") -> Page:
        page, problems = parse_page(path, text.encode())
        assert page is not None
        assert problems == []
        return page

    return make


@pytest.fixture(scope="session")
def text_of(page_of: Callable[..., Page]) -> Callable[..., str]:
    """Makes the text of all passages of the page that a text is."""
    return lambda text, path="docs/page.md": "\n".join(found.text for found in page_of(text, path).passages)


@pytest.fixture(scope="session")
def lost_words() -> Callable[[Page], set[str]]:
    """Finds the words of a page's HTML that search would not find."""
    return words_lost
