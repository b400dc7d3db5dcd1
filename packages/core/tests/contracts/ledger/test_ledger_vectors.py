"""What every Ledger keeps: vectors that were paid for."""

import numpy as np

from robolearn.domain.profile import EmbeddingProfile
from robolearn.testing.ledger_worlds import LedgerWorld

PROFILE = EmbeddingProfile("fake", "one", 4)
OTHER = EmbeddingProfile("fake", "two", 4)


def test_cached_vectors_come_back_bit_for_bit(world: LedgerWorld) -> None:
    tiny = np.finfo(np.float32).smallest_subnormal
    vector = np.array([0.1, -0.0, tiny, 3.4e38], np.float32)
    world.ledger.remember(PROFILE, {b"k" * 32: vector})
    [(key, got)] = world.ledger.cached(PROFILE, [b"k" * 32, b"?" * 32]).items()
    assert (key, got.dtype, got.shape) == (b"k" * 32, np.dtype(np.float32), (4,))
    assert got.tobytes() == vector.tobytes()


def test_cached_vectors_of_two_profiles_never_meet(world: LedgerWorld) -> None:
    world.ledger.register(OTHER)
    world.ledger.remember(PROFILE, {b"k" * 32: np.ones(4, np.float32)})
    assert world.ledger.cached(OTHER, [b"k" * 32]) == {}
    assert world.ledger.cached(PROFILE, []) == {}


def test_remembering_again_keeps_the_first(world: LedgerWorld) -> None:
    world.ledger.remember(PROFILE, {b"k": np.ones(4, np.float32)})
    world.ledger.remember(PROFILE, {b"k": np.zeros(4, np.float32), b"l": np.zeros(4, np.float32)})
    got = world.ledger.cached(PROFILE, [b"k", b"l"])
    assert (got[b"k"].tolist(), got[b"l"].tolist()) == ([1, 1, 1, 1], [0, 0, 0, 0])
    world.ledger.remember(PROFILE, {})
