"""Fakes of every port, and what tests of several services need. A public part of the core."""
