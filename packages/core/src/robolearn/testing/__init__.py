"""Fakes of every port, and what tests of several services need. A public part of the core."""

from robolearn.testing.embedding import FakeEmbedder, FakeSparseEncoder
from robolearn.testing.index import FakeIndex
from robolearn.testing.ledger import FakeLedger

__all__ = ["FakeEmbedder", "FakeIndex", "FakeLedger", "FakeSparseEncoder"]
