"""Points that must go."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, text

# A passage that came back under its old id is enrolled again: removing its point would lose it.
_FORGET_RETURNED = text("""
    DELETE FROM vector_removal AS removal USING passage_vector_state AS state
    WHERE removal.profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
      AND state.profile_id = removal.profile_id AND state.passage_id = removal.passage_id
""")

_DUE = text("""
    SELECT id, passage_id FROM vector_removal
    WHERE profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
      AND not_before <= now()
    ORDER BY not_before, id LIMIT :limit
""")

_FORGET = text("DELETE FROM vector_removal WHERE id = ANY(CAST(:ids AS bigint[]))")


def due(connection: Connection, fingerprint: str, limit: int) -> list[tuple[int, UUID]]:
    """(removal id, passage id) pairs whose time has come, oldest first."""
    connection.execute(_FORGET_RETURNED, {"profile": fingerprint})
    rows = connection.execute(_DUE, {"profile": fingerprint, "limit": limit})
    return [(row.id, row.passage_id) for row in rows]


def forget(connection: Connection, removal_ids: Sequence[int]) -> None:
    """Delete removals by id."""
    connection.execute(_FORGET, {"ids": list(removal_ids)})
