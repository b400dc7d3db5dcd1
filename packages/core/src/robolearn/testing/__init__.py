"""Fakes of every port, and what tests of several services need. A public part of the core."""

from robolearn.testing.catalogue import FakeCatalogue
from robolearn.testing.embedding import FakeEmbedder, FakeSparseEncoder
from robolearn.testing.index import FakeIndex
from robolearn.testing.ledger import FakeLedger
from robolearn.testing.passages import FakePassageSearch

__all__ = [
    "FakeCatalogue",
    "FakeEmbedder",
    "FakeIndex",
    "FakeLedger",
    "FakePassageSearch",
    "FakeSparseEncoder",
]
