"""Passages of a restored database that wait for their points.

A restored database says of its passages that they are embedded before the index holds their points again.
So that no kill can leave it saying so wrongly, the transaction that restores it makes all of them pending,
under a mark; those whose points are there are settled afterwards.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from robolearn.domain.profile import EmbeddingProfile
from robolearn.storage.engine import transaction

_MARK = "Restored from a backup, its point not yet."

# For psql, at the end of the transaction that restores; leases of that time have no owners any more.
PARK = f"""
    UPDATE public.passage_vector_state
    SET state = 'pending', error = '{_MARK}' WHERE state = 'embedded';
    UPDATE public.passage_vector_state
    SET lease_owner = NULL, lease_until = NULL WHERE lease_until IS NOT NULL;
    UPDATE public.vector_removal SET not_before = least(not_before, now());
"""  # noqa: S608 - a constant

_SETTLE = text("""
    UPDATE passage_vector_state SET state = 'embedded', error = NULL
    WHERE state = 'pending' AND error = :mark
      AND profile_id = (SELECT id FROM embedding_profile WHERE fingerprint = :profile)
      AND passage_id <> ALL(CAST(:changed AS uuid[]))
""")

_UNMARK = text("UPDATE passage_vector_state SET error = NULL WHERE state = 'pending' AND error = :mark")

_PROFILES = text("""
    SELECT provider, model, dimensions, normalised, chunker_version FROM embedding_profile ORDER BY id
""")


def settle(engine: Engine, changed: dict[str, list[UUID]], recovered: Iterable[str]) -> int:
    """Mark as embedded what the recovered profiles' points belong to, but for what has changed; how many."""
    with transaction(engine) as connection:
        settled = sum(_settle(connection, profile, changed.get(profile, [])) for profile in recovered)
        connection.execute(_UNMARK, {"mark": _MARK})
    return settled


def _settle(connection: Connection, profile: str, changed: list[UUID]) -> int:
    return connection.execute(_SETTLE, {"mark": _MARK, "profile": profile, "changed": changed}).rowcount


def profiles(engine: Engine) -> list[EmbeddingProfile]:
    """All embedding profiles that the database knows."""
    with transaction(engine) as connection:
        return [EmbeddingProfile(*row) for row in connection.execute(_PROFILES)]
