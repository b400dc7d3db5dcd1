"""What every VectorIndex promises: the fake, the local engine in memory and on disk, and a server.

The server is the one at QDRANT_TEST_URL, with the key QDRANT_TEST_API_KEY; without them, the stand-in.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from pydantic import SecretStr

from robolearn.domain.errors import IndexUnavailable
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.search import SearchFilters
from robolearn.domain.work import PassagePayload
from robolearn.ports.embedding import SparseVector
from robolearn.ports.index import Point, VectorIndex
from robolearn.settings import QdrantSettings
from robolearn.testing import FakeIndex
from robolearn.vectors.qdrant import QdrantIndex

SERVER = os.environ.get("QDRANT_TEST_URL")
KINDS = ("fake", "memory", "path", "server")
ANYTHING = SearchFilters()


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> QdrantSettings:
    if not SERVER:
        return request.getfixturevalue("qdrant_server")
    key = os.environ.get("QDRANT_TEST_API_KEY")
    return QdrantSettings(url=SERVER, api_key=SecretStr(key) if key else None)


def build(kind: str, folder: Path, server: QdrantSettings) -> VectorIndex:
    if kind == "fake":
        return FakeIndex()
    if kind == "server":
        return QdrantIndex(server)
    return QdrantIndex(QdrantSettings(path=folder if kind == "path" else Path(":memory:")))


@pytest.fixture(params=KINDS)
def index(request: pytest.FixtureRequest, tmp_path: Path, server: QdrantSettings) -> Iterator[VectorIndex]:
    built = build(request.param, tmp_path / "index", server)
    yield built
    if isinstance(built, QdrantIndex):
        built.close()


@pytest.fixture
def profile() -> EmbeddingProfile:
    return EmbeddingProfile("fake", f"model-{uuid4()}", 4)  # its collection is this test's own


def payload(**facts: object) -> PassagePayload:
    plain = PassagePayload("ros2", uuid4(), "beginner", "en", ("humble",), (), ())
    return replace(plain, **facts)


def point(dense: list[float], words: dict[int, float], **facts: object) -> Point:
    vector = np.array(dense, np.float32)
    terms = SparseVector(tuple(words), tuple(words.values()))
    return Point(uuid4(), vector / np.linalg.norm(vector), terms, payload(**facts))


def ask(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def found(index: VectorIndex, profile: EmbeddingProfile, **filters: tuple[str, ...]) -> set[UUID]:
    hits = index.search(
        profile, dense=ask(1, 0, 0, 0), sparse=None, filters=SearchFilters(**filters), limit=10
    )
    return {hit.passage_id for hit in hits}


def test_ensure_can_be_repeated(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    index.upsert(profile, [point([1, 0, 0, 0], {1: 1.0})])
    index.ensure(profile)
    assert index.count(profile) == 1


def test_before_anything_is_indexed_there_is_nothing_to_count_remove_or_read(
    index: VectorIndex, profile: EmbeddingProfile
) -> None:
    assert index.count(profile) == 0
    assert list(index.passage_ids(profile)) == []
    index.remove(profile, [uuid4()])


def test_searching_or_writing_without_a_collection_is_unavailable(
    index: VectorIndex, profile: EmbeddingProfile
) -> None:
    with pytest.raises(IndexUnavailable, match="collection"):
        found(index, profile)
    with pytest.raises(IndexUnavailable, match="collection"):
        index.upsert(profile, [point([1, 0, 0, 0], {1: 1.0})])


def test_invariant_3_repeated_upsert_is_the_same_upsert(
    index: VectorIndex, profile: EmbeddingProfile
) -> None:
    index.ensure(profile)
    points = [point([1, 0, 0, 0], {1: 1.0}), point([0, 1, 0, 0], {2: 1.0})]
    for _ in range(3):
        index.upsert(profile, points)
    assert index.count(profile) == 2
    assert set(index.passage_ids(profile)) == {one.passage_id for one in points}


def test_an_upsert_replaces_vectors_and_payload(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    before = point([1, 0, 0, 0], {1: 1.0}, level="beginner")
    index.upsert(profile, [before])
    index.upsert(profile, [replace(before, dense=ask(0, 1, 0, 0), payload=payload(level="advanced"))])
    (hit,) = index.search(profile, dense=ask(0, 1, 0, 0), sparse=None, filters=ANYTHING, limit=5)
    assert hit.dense == pytest.approx(1)
    assert found(index, profile, level=("beginner",)) == set()
    assert found(index, profile, level=("advanced",)) == {before.passage_id}


def test_removal_tolerates_absence(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    gone, kept = point([1, 0, 0, 0], {1: 1.0}), point([0, 1, 0, 0], {2: 1.0})
    index.upsert(profile, [gone, kept])
    for _ in range(2):
        index.remove(profile, [gone.passage_id, uuid4()])
    assert list(index.passage_ids(profile)) == [kept.passage_id]


def test_nothing_to_write_or_remove_is_no_error(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    index.upsert(profile, [])
    index.remove(profile, [])
    assert index.count(profile) == 0


def test_passage_ids_come_from_all_pages(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    points = [point([1, n, 0, 0], {n: 1.0}) for n in range(510)]
    index.upsert(profile, points)
    ids = list(index.passage_ids(profile))
    assert len(ids) == 510
    assert set(ids) == {one.passage_id for one in points}


def test_each_filter_holds_and_any_of_its_values_will_do(
    index: VectorIndex, profile: EmbeddingProfile
) -> None:
    index.ensure(profile)
    jazzy = point([1, 0, 0, 0], {1: 1.0}, ros_distro=("jazzy", "humble"), simulator=("gazebo",))
    bare = point([1, 0, 0, 0], {1: 1.0}, ros_distro=(), level=None, language="de", hardware=("turtlebot",))
    index.upsert(profile, [jazzy, bare])
    both = {jazzy.passage_id, bare.passage_id}
    assert found(index, profile) == both
    assert found(index, profile, course=("ros2", "other")) == both
    assert found(index, profile, course=("other",)) == set()
    assert found(index, profile, ros_distro=("rolling", "jazzy")) == {jazzy.passage_id}
    assert found(index, profile, simulator=("gazebo",), level=("beginner",)) == {jazzy.passage_id}
    assert found(index, profile, simulator=("gazebo",), language=("de",)) == set()
    assert found(index, profile, hardware=("turtlebot",), language=("de",)) == {bare.passage_id}


def test_one_leg_alone_tells_its_own_score(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    near, far = point([1, 0.1, 0, 0], {1: 2.0}), point([0.1, 1, 0, 0], {1: 1.0, 2: 1.0})
    index.upsert(profile, [near, far])
    meaning = index.search(profile, dense=ask(1, 0, 0, 0), sparse=None, filters=ANYTHING, limit=5)
    assert [hit.passage_id for hit in meaning] == [near.passage_id, far.passage_id]
    assert meaning[0].score == meaning[0].dense == pytest.approx(0.995, abs=0.001)
    assert meaning[0].lexical is None
    words = index.search(profile, dense=None, sparse=SparseVector((2,), (1.0,)), filters=ANYTHING, limit=5)
    assert [hit.passage_id for hit in words] == [far.passage_id]
    assert words[0].score == words[0].lexical == pytest.approx(np.log(1.5 / 1.5 + 1), abs=0.001)
    assert words[0].dense is None


def test_both_legs_are_fused_and_each_tells_its_score(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    both = point([1, 0.2, 0, 0], {7: 2.0})
    meaning_only = point([1, 0.4, 0, 0], {8: 1.0})
    others = [point([0, 1, n, 0], {8: 1.0}) for n in range(4)]
    index.upsert(profile, [both, meaning_only, *others])
    hits = index.search(
        profile, dense=ask(1, 0, 0, 0), sparse=SparseVector((7,), (1.0,)), filters=ANYTHING, limit=3
    )
    assert [hit.passage_id for hit in hits[:2]] == [both.passage_id, meaning_only.passage_id]
    assert len(hits) == 3
    assert hits[0].dense == pytest.approx(0.981, abs=0.001)
    assert hits[0].lexical == pytest.approx(2 * np.log(5.5 / 1.5 + 1), abs=0.001)
    assert hits[1].dense == pytest.approx(0.928, abs=0.001)
    assert hits[1].lexical is None
    assert hits[0].score > hits[1].score > hits[2].score


def test_a_question_of_stop_words_is_answered_by_meaning(
    index: VectorIndex, profile: EmbeddingProfile
) -> None:
    index.ensure(profile)
    only = point([1, 0, 0, 0], {1: 1.0})
    index.upsert(profile, [only])
    empty = SparseVector((), ())
    (hit,) = index.search(profile, dense=ask(1, 0, 0, 0), sparse=empty, filters=ANYTHING, limit=5)
    assert (hit.passage_id, hit.lexical) == (only.passage_id, None)
    assert index.search(profile, dense=None, sparse=empty, filters=ANYTHING, limit=5) == []


def test_a_passage_without_words_is_kept(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    silent = point([1, 0, 0, 0], {})
    index.upsert(profile, [silent])
    assert found(index, profile) == {silent.passage_id}


def test_invariant_7_two_profiles_never_meet(index: VectorIndex, profile: EmbeddingProfile) -> None:
    other = replace(profile, model=f"other-{uuid4()}")
    index.ensure(profile)
    index.ensure(other)
    old, new = point([1, 0, 0, 0], {1: 1.0}), point([1, 0, 0, 0], {1: 1.0})
    index.upsert(profile, [old])
    index.upsert(other, [new])
    for target in (profile, other, profile):
        index.promote(target)
        assert index.promoted() == target.collection
        assert found(index, profile) == {old.passage_id}
        assert found(index, other) == {new.passage_id}


def test_it_can_be_used_from_several_threads(index: VectorIndex, profile: EmbeddingProfile) -> None:
    index.ensure(profile)
    points = [point([1, n, 0, 0], {n: 1.0}) for n in range(60)]
    with ThreadPoolExecutor(6) as pool:
        writes = [pool.submit(index.upsert, profile, points[n : n + 10]) for n in range(0, 60, 10)]
        reads = [pool.submit(found, index, profile) for _ in range(6)]
        for future in [*writes, *reads]:
            future.result()
    assert index.count(profile) == 60
