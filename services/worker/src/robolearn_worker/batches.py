"""Passages in portions that one call of the provider may carry."""

from collections.abc import Callable, Iterable, Iterator

from robolearn.domain.work import ClaimedPassage
from robolearn.ports.embedding import BatchLimits


def portions(
    passages: Iterable[ClaimedPassage], limits: BatchLimits, count_tokens: Callable[[str], int]
) -> Iterator[list[ClaimedPassage]]:
    """Portions within the limits, in order. A passage that is too long for any portion is one by itself."""
    portion: list[ClaimedPassage] = []
    tokens = 0
    for passage in passages:
        size = count_tokens(passage.embedding_text)
        if portion and (len(portion) == limits.texts or tokens + size > limits.tokens):
            yield portion
            portion, tokens = [], 0
        portion.append(passage)
        tokens += size
    if portion:
        yield portion
