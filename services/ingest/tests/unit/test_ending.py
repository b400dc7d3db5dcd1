"""The first signal is noticed at the next look, the second at once."""

import signal
from collections.abc import Iterator

import pytest

from robolearn_ingest.watching import Ending

BOTH = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture
def ending() -> Iterator[Ending]:
    before = {one: signal.getsignal(one) for one in BOTH}
    yield Ending().listen()
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("first", BOTH)
@pytest.mark.parametrize("second", BOTH)
def test_one_signal_interrupts_nothing_and_two_do(
    ending: Ending, first: signal.Signals, second: signal.Signals
) -> None:
    assert not ending.is_set()
    signal.raise_signal(first)
    assert ending.is_set()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(second)
