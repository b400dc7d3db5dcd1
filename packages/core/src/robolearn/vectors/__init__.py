"""The vector index on Qdrant."""
