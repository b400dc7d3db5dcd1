"""One file to one page: text, front matter, one parse, and from its tokens the passages and the HTML."""

from collections.abc import Sequence

from markdown_it.token import Token

from robolearn.domain.page import Heading, Page
from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.documents.decoding import decode
from robolearn_ingest.documents.facts import facts_of, text_of
from robolearn_ingest.documents.front_matter import front_matter
from robolearn_ingest.documents.headings import heading_at
from robolearn_ingest.documents.parsing import headings_in, parse
from robolearn_ingest.documents.parts import part_of
from robolearn_ingest.documents.passages import passages_of
from robolearn_ingest.documents.rendering import rendered
from robolearn_ingest.documents.reports import reported
from robolearn_ingest.documents.rules.marks import shown_title

# Raise it when the same file would give another page: what was parsed before is then parsed again.
PARSER_VERSION = 2
MAX_CHARACTERS = 3_000_000


def parse_page(
    path: str, data: bytes, *, lines: tuple[int, int] | None = None
) -> tuple[Page | None, list[Problem]]:
    """The page in a file, or in some of its lines (1-based, inclusive), and what was wrong with it.

    `path` is POSIX, relative to the source's root. Lines in the page are those of the file; anchors are those
    of the whole file, and links defined elsewhere in it still work. None comes with a problem: an ERROR, or a
    WARNING for an empty file, which is no lesson yet, or is one that an editor is just writing.
    """
    try:
        return _parse_page(path, data, lines)
    except Exception as error:  # one bad file must never stop the good ones
        return None, [_unexpected(path, error)]


def _parse_page(path: str, data: bytes, lines: tuple[int, int] | None) -> tuple[Page | None, list[Problem]]:
    text, problems = decode(path, data)
    if len(text) > MAX_CHARACTERS:
        problems.append(_too_long(path, len(text)))
    if not text.strip() or any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    front, body_line, more = front_matter(text, path)
    facts, wrong = facts_of(front, path)
    parsed = parse(path, _blanked(text, body_line))
    title = shown_title(text_of(front, "title") or "") or None
    start, end = lines or (1, text.count("\n") + 1)
    tokens = part_of(parsed.tokens, start, end) if lines else parsed.tokens
    whole = _headings(parsed.tokens)
    headings = [heading for heading in whole if start <= heading.line <= end]
    first = next((heading.text for heading in whole if heading.level == 1), None) or _leading(parsed.tokens)
    page = Page(
        title=_part_title(headings) if lines else title or first,
        description=text_of(front, "description"),
        body="\n".join(text.split("\n")[max(start, body_line) - 1 : end]),
        html=rendered(tokens, path),
        headings=tuple(headings),
        passages=tuple(passages_of(tokens, first or title)),
        facts=facts,
    )
    return page, [*problems, *more, *wrong, *reported(parsed.env, path)]


def headings_of(text: str, path: str = "") -> list[Heading]:
    """The headings of a text, front matter aside."""
    body_line = front_matter(text, path)[1]
    return _headings(headings_in(path, _blanked(text, body_line)))


def _headings(tokens: Sequence[Token]) -> list[Heading]:
    return [heading_at(token) for token in tokens if token.type == "heading_open" and token.meta["text"]]


def _leading(tokens: Sequence[Token]) -> str | None:
    """The heading that a page begins with, of whatever level: many authors begin with the second."""
    return tokens[0].meta["text"] or None if tokens and tokens[0].type == "heading_open" else None


def _blanked(text: str, body_line: int) -> str:
    """The text with its front matter emptied, so that every line keeps its number."""
    return "\n" * (body_line - 1) + text.split("\n", body_line - 1)[-1] if body_line > 1 else text


def _part_title(headings: Sequence[Heading]) -> str | None:
    return headings[0].text or None if headings else None


def _unexpected(path: str, error: Exception) -> Problem:
    reason = f"the file could not be parsed ({type(error).__name__}: {str(error)[:200]})"
    return Problem(path, None, Severity.ERROR, reason, "Simplify its markup, and report the file to us.")


def _too_long(path: str, length: int) -> Problem:
    reason = f"the file holds {length:,} characters, more than the {MAX_CHARACTERS:,} that a page may have"
    return Problem(path, None, Severity.ERROR, reason, "Divide it into several pages.")
