"""Vectors that were paid for, kept as little-endian float32 values."""

from collections.abc import Iterable, Mapping

import numpy as np
from sqlalchemy import Connection, text

from robolearn.ports.embedding import Vectors

_FLOATS = np.dtype("<f4")

_CACHED = text("""
    SELECT text_hash, vector FROM vector_cache
    WHERE profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
      AND text_hash = ANY(CAST(:hashes AS bytea[]))
""")

# In the order of their hashes, so that two who remember the same vectors cannot wait for each other.
_REMEMBER = text("""
    INSERT INTO vector_cache (profile_id, text_hash, vector)
    SELECT profile.id, new.text_hash, new.vector
    FROM embedding_profile AS profile
    CROSS JOIN unnest(CAST(:hashes AS bytea[]), CAST(:vectors AS bytea[])) AS new (text_hash, vector)
    WHERE profile.fingerprint = :profile
    ORDER BY new.text_hash
    ON CONFLICT DO NOTHING
""")


def cached(connection: Connection, fingerprint: str, hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
    """The vectors that are known, by text hash; arrays that may be written to."""
    rows = connection.execute(_CACHED, {"profile": fingerprint, "hashes": list(hashes)})
    return {bytes(key): np.frombuffer(vector, _FLOATS).astype(np.float32) for key, vector in rows}


def remember(connection: Connection, fingerprint: str, vectors: Mapping[bytes, Vectors]) -> None:
    """Keep the vectors that are not known yet."""
    packed = [np.ascontiguousarray(vector, dtype=_FLOATS).tobytes() for vector in vectors.values()]
    connection.execute(_REMEMBER, {"profile": fingerprint, "hashes": list(vectors), "vectors": packed})
