"""Leases on pending passages, and how they end.

Rows are locked with SKIP LOCKED: a row of ours that another transaction holds is being deleted, or claimed by
another worker after our lease ran out, and is not ours any more.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text

from robolearn.domain.work import ClaimedPassage, PassagePayload
from robolearn.storage.plain import storable

_ERROR_CHARACTERS = 2000

_LOCK = 0x0B08  # the first key of all advisory locks of claims; the second is the profile

# One claim of a profile at a time, for a few milliseconds: each must see the leases of the one before.
_ONE_AT_A_TIME = text("""
    SELECT pg_advisory_xact_lock(:lock, id) FROM embedding_profile WHERE fingerprint = :profile
""")

# A passage whose very text another worker holds is left until that worker has put the vector into the cache:
# the same text is never paid for twice.
_CLAIM = text("""
    WITH due AS (
        SELECT profile_id, passage_id FROM passage_vector_state AS mine
        WHERE profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
          AND state = 'pending' AND (lease_until IS NULL OR lease_until <= now())
          AND NOT EXISTS (
              SELECT FROM passage_vector_state AS twin
              WHERE twin.profile_id = mine.profile_id AND twin.text_hash = mine.text_hash
                AND twin.lease_until > now() AND twin.lease_owner <> :owner
          )
        ORDER BY enrolled_at, passage_id LIMIT :limit
        FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE passage_vector_state AS state
        SET lease_owner = :owner, lease_until = now() + :lease,
            text_hash = passage.text_hash, payload_hash = lesson.payload_hash, updated_at = now()
        FROM due
        JOIN passage ON passage.id = due.passage_id
        JOIN lesson ON lesson.id = passage.lesson_id
        JOIN course ON course.id = lesson.course_id
        WHERE state.profile_id = due.profile_id AND state.passage_id = due.passage_id
        RETURNING state.passage_id, state.text_hash, state.payload_hash, state.attempts, state.enrolled_at,
            passage.heading_path, passage.text, lesson.id AS lesson_id, course.slug AS course, lesson.level,
            lesson.language, lesson.ros_distro, lesson.simulator, lesson.hardware
    )
    SELECT * FROM claimed ORDER BY enrolled_at, passage_id
""")

_HELD = """
    WITH held AS (
        SELECT profile_id, passage_id FROM passage_vector_state
        WHERE profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
          AND state = 'pending' AND lease_owner = :owner
          AND (CAST(:ids AS uuid[]) IS NULL OR passage_id = ANY(CAST(:ids AS uuid[])))
        FOR UPDATE SKIP LOCKED
    )
    UPDATE passage_vector_state AS state SET {changes} FROM held
    WHERE state.profile_id = held.profile_id AND state.passage_id = held.passage_id
    RETURNING state.passage_id
"""
_EXTEND = text(_HELD.format(changes="lease_until = now() + :lease"))
_RELEASE = text(_HELD.format(changes="lease_owner = NULL, lease_until = NULL"))
_FAIL = text(
    _HELD.format(
        changes="state = 'failed', attempts = attempts + 1, error = :error, "
        "lease_owner = NULL, lease_until = NULL, updated_at = now()"
    )
)

# Beside the owner's own rows: one that another worker took over is made pending again if what we have just
# written to the index is not what that worker writes, since ours may have been written last.
_COMPLETE = text("""
    WITH done AS (
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:texts AS bytea[]), CAST(:payloads AS bytea[]))
            AS done (passage_id, text_hash, payload_hash)
    ), held AS (
        SELECT state.profile_id, done.*, state.lease_owner = :owner AND state.state = 'pending' AS own
        FROM done JOIN passage_vector_state AS state
            ON state.profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
            AND state.passage_id = done.passage_id
        WHERE (state.state = 'pending' AND state.lease_owner = :owner)
           OR (state.state IN ('pending', 'embedded')
               AND (state.text_hash, state.payload_hash) <> (done.text_hash, done.payload_hash))
        FOR UPDATE OF state SKIP LOCKED
    ), ended AS (
        UPDATE passage_vector_state AS state
        SET state = CASE WHEN held.own AND passage.text_hash = held.text_hash
                AND lesson.payload_hash = held.payload_hash THEN 'embedded' ELSE 'pending' END,
            lease_owner = NULL, lease_until = NULL, updated_at = now()
        FROM held
        JOIN passage ON passage.id = held.passage_id
        JOIN lesson ON lesson.id = passage.lesson_id
        WHERE state.profile_id = held.profile_id AND state.passage_id = held.passage_id
        RETURNING state.passage_id, state.state
    )
    SELECT passage_id FROM ended WHERE state = 'embedded'
""")

# The trigger has recorded the deletion, but that removal may have been done before our late write.
_REMOVE_DELETED = text("""
    INSERT INTO vector_removal (profile_id, passage_id)
    SELECT profile.id, done.passage_id
    FROM embedding_profile AS profile CROSS JOIN unnest(CAST(:ids AS uuid[])) AS done (passage_id)
    WHERE profile.fingerprint = :profile AND NOT EXISTS (
        SELECT FROM passage_vector_state AS state
        WHERE state.profile_id = profile.id AND state.passage_id = done.passage_id
    )
""")


def claim(
    connection: Connection, fingerprint: str, owner: str, limit: int, lease: timedelta
) -> list[ClaimedPassage]:
    """Lease the oldest pending passages that nobody holds."""
    connection.execute(_ONE_AT_A_TIME, {"lock": _LOCK, "profile": fingerprint})
    given = {"profile": fingerprint, "owner": owner, "limit": limit, "lease": lease}
    return [_claimed(row) for row in connection.execute(_CLAIM, given)]


def extend(
    connection: Connection, fingerprint: str, owner: str, ids: Sequence[UUID], lease: timedelta
) -> set[UUID]:
    """Let the owner's leases on `ids` last `lease` from now."""
    given = {"profile": fingerprint, "owner": owner, "ids": list(ids), "lease": lease}
    return set(connection.scalars(_EXTEND, given))


def complete(
    connection: Connection, fingerprint: str, owner: str, done: Sequence[ClaimedPassage]
) -> set[UUID]:
    """End the owner's leases, and record what was deleted meanwhile for removal."""
    given = {
        "profile": fingerprint,
        "owner": owner,
        "ids": [one.id for one in done],
        "texts": [one.text_hash for one in done],
        "payloads": [one.payload_hash for one in done],
    }
    embedded = set(connection.scalars(_COMPLETE, given))
    connection.execute(_REMOVE_DELETED, given)
    return embedded


def fail(connection: Connection, fingerprint: str, owner: str, passage_id: UUID, error: str) -> None:
    """End the lease with a reason."""
    reason = storable(error)[:_ERROR_CHARACTERS]
    connection.execute(_FAIL, {"profile": fingerprint, "owner": owner, "ids": [passage_id], "error": reason})


def release(connection: Connection, fingerprint: str, owner: str, ids: Sequence[UUID] | None) -> int:
    """End leases as if they had never been."""
    given = {"profile": fingerprint, "owner": owner, "ids": None if ids is None else list(ids)}
    return len(connection.scalars(_RELEASE, given).all())


def _claimed(row: Row[Any]) -> ClaimedPassage:
    payload = PassagePayload(
        course=row.course,
        lesson_id=row.lesson_id,
        level=row.level,
        language=row.language,
        ros_distro=tuple(row.ros_distro),
        simulator=tuple(row.simulator),
        hardware=tuple(row.hardware),
    )
    return ClaimedPassage(
        id=row.passage_id,
        heading_path=tuple(row.heading_path),
        text=row.text,
        text_hash=bytes(row.text_hash),
        payload_hash=bytes(row.payload_hash),
        payload=payload,
        attempts=row.attempts,
    )
