"""The database and the index held against each other."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection, text

_ORPHANS = text("""
    SELECT found.passage_id FROM unnest(CAST(:ids AS uuid[])) AS found (passage_id)
    WHERE NOT EXISTS (
        SELECT FROM passage_vector_state AS state
        WHERE state.profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
          AND state.passage_id = found.passage_id
          AND (state.state = 'embedded' OR state.lease_until > now())
    )
""")

_LOST = text("""
    WITH lost AS (
        SELECT profile_id, passage_id FROM passage_vector_state AS state
        WHERE profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
          AND state = 'embedded'
          AND NOT EXISTS (
              SELECT FROM unnest(CAST(:ids AS uuid[])) AS present (id) WHERE present.id = state.passage_id
          )
        FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE passage_vector_state AS state
    SET state = 'pending', enrolled_at = now(), updated_at = now()
    FROM lost
    WHERE state.profile_id = lost.profile_id AND state.passage_id = lost.passage_id
""")


def orphans(connection: Connection, fingerprint: str, passage_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the ids that are neither embedded nor being worked on."""
    return list(connection.scalars(_ORPHANS, {"profile": fingerprint, "ids": list(passage_ids)}))


def lost(connection: Connection, fingerprint: str, present: Iterable[UUID]) -> int:
    """Make pending what is marked as embedded without a point."""
    return connection.execute(_LOST, {"profile": fingerprint, "ids": list(present)}).rowcount
