"""A snippet: the part of a passage that says most about the query, with the words to highlight."""

from collections.abc import Iterator

from robolearn.domain.search import Snippet

# Two private characters of the last plane; where a text has them itself, the statement takes them out.
START, STOP = "\U0010f8f0", "\U0010f8f1"
LENGTH = 240
LEAD = 60
Span = tuple[int, int]


def marked_spans(marked: str) -> list[Span]:
    """What is between the marks, as (start, end) offsets into the text without the marks."""
    before, *rest = marked.split(START)
    spans, length = [], len(before)
    for part in rest:
        inside, _, outside = part.partition(STOP)
        spans.append((length, length + len(inside)))
        length += len(inside) + len(outside)
    return spans


def snippet_of(text: str, spans: list[Span]) -> Snippet:
    """About LENGTH characters around the most different highlights, cut between words, with ellipses."""
    start, end = _window(text, spans)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = [one for one in spans if start <= one[0] and one[1] <= end]
    highlights = tuple((first + shift, last + shift) for first, last in inside)
    return Snippet(before + text[start:end] + after, highlights)


def _window(text: str, spans: list[Span]) -> Span:
    if len(text) <= LENGTH:
        return 0, len(text)
    windows = list(_windows(text, spans))
    return max(windows, key=lambda one: (_worth(text, spans, one), -one[0]))


def _windows(text: str, spans: list[Span]) -> Iterator[Span]:
    yield _trimmed(text, 0, LENGTH)
    for first, _ in spans:
        start = min(max(0, first - LEAD), len(text) - LENGTH)
        yield _trimmed(text, start, start + LENGTH)


def _worth(text: str, spans: list[Span], window: Span) -> tuple[int, int]:
    inside = [text[first:last].lower() for first, last in spans if window[0] <= first and last <= window[1]]
    return len(set(inside)), len(inside)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The window without the parts of words at its ends, unless it is one long word."""
    words = range(start, end)
    begins = (at for at in words if at == 0 or text[at - 1].isspace())
    ends = (at + 1 for at in reversed(words) if at + 1 == len(text) or text[at + 1].isspace())
    first, last = next(begins, start), next(ends, end)
    return (first, last) if first < last else (start, end)
