"""What an index lacks, written down as pending.

Rows are locked with SKIP LOCKED: a row that another transaction holds is being deleted or worked on, and the
next sweep sees what became of it. Waiting for it could deadlock with an ingest that deletes in another order.
"""

from dataclasses import asdict

from sqlalchemy import Connection, text

from robolearn.domain.profile import EmbeddingProfile

_REGISTER = text("""
    INSERT INTO embedding_profile (fingerprint, provider, model, dimensions, normalised, chunker_version)
    SELECT :fingerprint, :provider, :model, :dimensions, :normalised, :chunker_version
    WHERE NOT EXISTS (SELECT FROM embedding_profile WHERE fingerprint = :fingerprint)
    ON CONFLICT (fingerprint) DO NOTHING
""")

# One enrolment of a profile at a time, so that no two insert the same row.
_LOCK_PROFILE = text("SELECT id FROM embedding_profile WHERE fingerprint = :profile FOR NO KEY UPDATE")

_ENROL_MISSING = text("""
    WITH missing AS (
        SELECT passage.id, passage.text_hash, lesson.payload_hash
        FROM passage JOIN lesson ON lesson.id = passage.lesson_id
        WHERE NOT EXISTS (
            SELECT FROM passage_vector_state AS state
            WHERE state.profile_id = :profile_id AND state.passage_id = passage.id
        )
        FOR KEY SHARE OF passage SKIP LOCKED
    )
    INSERT INTO passage_vector_state (profile_id, passage_id, state, text_hash, payload_hash)
    SELECT :profile_id, id, 'pending', text_hash, payload_hash FROM missing
""")

_ENROL_STALE = text("""
    WITH stale AS (
        SELECT state.passage_id, passage.text_hash, lesson.payload_hash
        FROM passage_vector_state AS state
        JOIN passage ON passage.id = state.passage_id
        JOIN lesson ON lesson.id = passage.lesson_id
        WHERE state.profile_id = :profile_id AND (
            state.state IN ('embedded', 'failed') AND state.text_hash <> passage.text_hash
            OR state.state = 'embedded' AND state.payload_hash <> lesson.payload_hash
        )
        FOR NO KEY UPDATE OF state SKIP LOCKED
    )
    UPDATE passage_vector_state AS state
    SET state = 'pending', text_hash = stale.text_hash, payload_hash = stale.payload_hash,
        attempts = 0, error = NULL, enrolled_at = now(), updated_at = now()
    FROM stale
    WHERE state.profile_id = :profile_id AND state.passage_id = stale.passage_id
""")

_REPLAY = text("""
    UPDATE passage_vector_state
    SET state = 'pending', error = NULL, enrolled_at = now(), updated_at = now()
    WHERE state = 'failed'
      AND profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
""")


def register(connection: Connection, profile: EmbeddingProfile) -> None:
    """Insert the profile unless it is there."""
    connection.execute(_REGISTER, asdict(profile) | {"fingerprint": profile.fingerprint})


def enrol(connection: Connection, fingerprint: str) -> int:
    """Make pending what has no state, and what was embedded or failed in an older form."""
    profile_id = connection.scalar(_LOCK_PROFILE, {"profile": fingerprint})
    if profile_id is None:
        return 0
    missing = connection.execute(_ENROL_MISSING, {"profile_id": profile_id}).rowcount
    return missing + connection.execute(_ENROL_STALE, {"profile_id": profile_id}).rowcount


def replay(connection: Connection, fingerprint: str) -> int:
    """Make what failed pending; its attempts stay counted."""
    return connection.execute(_REPLAY, {"profile": fingerprint}).rowcount
