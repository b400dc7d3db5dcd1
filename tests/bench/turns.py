"""Ours and the baseline in turns, so that both meet the same noise."""

from collections.abc import Callable, Mapping
from statistics import median

from tests.bench.fresh import Sample
from tests.bench.progress import say

Samples = dict[str, list[Sample]]


def in_turns(name: str, repeats: int, sides: Mapping[str, Callable[[int], Sample]]) -> Samples:
    """Measure each side once, then each side again, and so on; a side gets the number of its turn."""
    found: Samples = {side: [] for side in sides}
    for turn in range(repeats):
        for side, measure in sides.items():
            say(f"{name}: {side}, {turn + 1} of {repeats}")
            found[side].append(measure(turn))
    return found


def middle(samples: list[Sample], value: str) -> float:
    """The median of one value."""
    return float(median(one.values[value] for one in samples))


def megabytes(samples: list[Sample]) -> float:
    """The median of the peaks."""
    return float(median(one.megabytes for one in samples))
