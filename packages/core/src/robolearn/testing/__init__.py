"""Fakes of every port, and what tests of several services need. A public part of the core."""

from robolearn.testing.embedding import FakeEmbedder, FakeSparseEncoder

__all__ = ["FakeEmbedder", "FakeSparseEncoder"]
