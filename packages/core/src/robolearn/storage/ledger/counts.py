"""Counts that must agree."""

from sqlalchemy import Connection, text

from robolearn.domain.work import IndexCounts

# A passage that nobody has enrolled yet, or that changed since it was embedded, is pending all the same:
# who waits for the index to catch up must not be told too early that it has.
_COUNTS = text("""
    WITH profile AS (
        SELECT (SELECT id FROM embedding_profile WHERE fingerprint = :profile) AS id
    ), standing AS (
        SELECT
            CASE
                WHEN state.state = 'embedded' AND state.text_hash = passage.text_hash
                    AND state.payload_hash = lesson.payload_hash THEN 'embedded'
                WHEN state.state = 'failed' AND state.text_hash = passage.text_hash THEN 'failed'
                ELSE 'pending'
            END AS state,
            CASE
                WHEN state.state = 'pending' THEN state.enrolled_at
                WHEN state.state IS NULL THEN passage.created_at
                ELSE lesson.updated_at
            END AS since
        FROM profile CROSS JOIN passage
        JOIN lesson ON lesson.id = passage.lesson_id
        LEFT JOIN passage_vector_state AS state
            ON state.profile_id = profile.id AND state.passage_id = passage.id
    )
    SELECT
        count(*) AS passages,
        count(*) FILTER (WHERE state = 'embedded') AS embedded,
        count(*) FILTER (WHERE state = 'pending') AS pending,
        count(*) FILTER (WHERE state = 'failed') AS failed,
        (
            SELECT count(*) FROM vector_removal JOIN profile ON profile.id = vector_removal.profile_id
        ) AS removals,
        extract(epoch FROM now() - min(since) FILTER (WHERE state = 'pending')) AS oldest
    FROM standing
""")


def counts(connection: Connection, fingerprint: str) -> IndexCounts:
    """All counts of one moment."""
    row = connection.execute(_COUNTS, {"profile": fingerprint}).one()
    return IndexCounts(
        passages=row.passages,
        embedded=row.embedded,
        pending=row.pending,
        failed=row.failed,
        removals=row.removals,
        oldest_pending_seconds=None if row.oldest is None else max(0.0, float(row.oldest)),
    )
