"""Embedding providers and the sparse encoder."""
