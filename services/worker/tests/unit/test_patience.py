"""How long the provider is left alone."""

import pytest

from robolearn_worker.patience import LONGEST_BACKOFF, LONGEST_WAIT, Patience


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def patience(clock: Clock, jitter: float = 1.0) -> Patience:
    return Patience(clock, lambda: jitter)


def test_the_provider_s_own_word_comes_first() -> None:
    clock = Clock()
    mine = patience(clock)
    assert mine.refused(7.5) == 7.5
    clock.now += 3
    assert mine.remaining() == 4.5
    clock.now += 30
    assert mine.remaining() == 0


def test_without_a_word_each_wait_is_twice_the_last_up_to_a_limit() -> None:
    mine = patience(Clock())
    waits = [mine.refused() for _ in range(9)]
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == LONGEST_BACKOFF


def test_jitter_takes_away_at_most_half() -> None:
    mine = patience(Clock(), jitter=0.0)
    assert [mine.refused() for _ in range(3)] == [0.5, 1, 2]


def test_a_success_starts_again_from_the_shortest_wait() -> None:
    mine = patience(Clock())
    mine.refused()
    mine.refused()
    mine.served()
    assert mine.remaining() == 0
    assert mine.refused() == 1


@pytest.mark.parametrize(("asked", "kept"), [(86400.0, LONGEST_WAIT), (-5.0, 0.0), (0.0, 0.0)])
def test_no_wait_is_negative_or_without_end(asked: float, kept: float) -> None:
    assert patience(Clock()).refused(asked) == kept
