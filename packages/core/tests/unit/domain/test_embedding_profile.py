"""What makes vectors comparable, and the names that follow from it."""

from dataclasses import replace
from uuid import UUID

import pytest

from robolearn.domain.profile import EmbeddingProfile

PROFILE = EmbeddingProfile("openai", "text-embedding-3-small", 1536, normalised=True, chunker_version=1)
PASSAGE = UUID("00000000-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    "change",
    [
        {"provider": "local"},
        {"model": "text-embedding-3-large"},
        {"dimensions": 512},
        {"normalised": False},
        {"chunker_version": 2},
    ],
    ids=lambda change: next(iter(change)),
)
def test_invariant_7_whatever_makes_vectors_incomparable_makes_another_collection(
    change: dict[str, object],
) -> None:
    other = replace(PROFILE, **change)
    assert other.fingerprint != PROFILE.fingerprint
    assert other.collection != PROFILE.collection
    assert other.point_id(PASSAGE) != PROFILE.point_id(PASSAGE)


def test_invariant_3_names_are_the_same_in_every_process_and_release() -> None:
    assert PROFILE.fingerprint == "a864dc1bfaa1"
    assert PROFILE.collection == f"passages-{PROFILE.fingerprint}"
    assert PROFILE.point_id(PASSAGE) == UUID("22d17d47-224d-534d-8cbe-42d0bbe440d8")


def test_invariant_3_each_passage_has_a_point_of_its_own() -> None:
    assert PROFILE.point_id(PASSAGE) != PROFILE.point_id(UUID(int=PASSAGE.int + 1))
