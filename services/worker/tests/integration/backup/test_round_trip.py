"""What comes back is what was there, and nothing is paid for twice."""

from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import text

from robolearn.domain.errors import IndexUnavailable
from robolearn.testing.embedding import hashed_words
from robolearn_worker.backup.manifest import CHANGED


def counts(site: Any) -> Any:
    return site.world.adapters.ledger.counts(site.world.embedder.profile)


def states(site: Any) -> dict[str, int]:
    found = counts(site)
    return {"embedded": found.embedded, "pending": found.pending, "passages": found.passages}


def assert_alike(points: Any, others: Any) -> None:
    """The same, but for the last bit: the engine normalises what it is given."""
    assert points.keys() == others.keys()
    for key, (vector, payload) in points.items():
        expected, its_payload = others[key]
        assert (vector["sparse"], payload) == (expected["sparse"], its_payload)
        assert vector["dense"] == pytest.approx(expected["dense"], abs=1e-6)


def test_everything_comes_back_as_it_was(site: Any) -> None:
    tables, points, aliases = site.tables(), site.points(), site.snapshots.aliases()
    name, manifest = site.take()
    site.wipe()
    (restored,) = site.restore(name)
    assert site.tables() == tables
    assert site.points() == points
    assert site.snapshots.aliases() == aliases == {"passages": site.collection}
    assert restored.recovered
    assert (restored.found.points, restored.found.orphans, restored.found.lost) == (100, 0, 0)
    assert restored.pending == 0
    assert manifest.counts == {"courses": 1, "lessons": 1, "passages": 100}
    assert manifest.embedded == {site.world.embedder.profile.fingerprint: 100}


def test_what_was_written_after_the_backup_is_gone_from_both(site: Any) -> None:
    tables, points = site.tables(), site.points()
    site.take()
    later = site.world.add("A lesson that came later")
    site.world.change(next(iter(later)), "and was edited")
    site.index()
    assert len(site.points()) == 101
    site.restore(replace=True)
    assert site.tables() == tables
    assert site.points() == points


class Meanwhile:
    """The snapshots, with something that happens just before each is taken: after the database's moment."""

    def __init__(self, snapshots: Any, happens: Any) -> None:
        self._snapshots = snapshots
        self._happens = happens

    def __getattr__(self, name: str) -> Any:
        return getattr(self._snapshots, name)

    def take(self, collection: str) -> str:
        self._happens()
        return str(self._snapshots.take(collection))


def test_edits_and_deletions_between_database_and_index_are_mended_without_the_provider(site: Any) -> None:
    edited, deleted = site.world.add("to be edited", "to be deleted")
    site.index()
    tables, points = site.tables(), site.points()

    def happens() -> None:
        site.world.change(edited, "edited while the backup was taken")
        site.world.delete(deleted)
        site.world.add("added while the backup was taken")
        site.index()

    name, _ = site.take(Meanwhile(site.snapshots, happens))
    assert len((site.store.find(name) / CHANGED).read_text().splitlines()) == 2
    calls, site.world.embedder.unavailable = site.world.embedder.calls, True
    (restored,) = site.restore(replace=True)
    assert restored.found.orphans == 2  # the edited one's newer point, and the added one's
    assert restored.pending == 2
    site.index()
    assert site.world.embedder.calls == calls
    assert_alike(site.points(), points)
    assert states(site) == {"embedded": 102, "pending": 0, "passages": 102}
    untouched = {"passage", "lesson", "course", "vector_cache"}
    assert {name: site.tables()[name] for name in untouched} == {name: tables[name] for name in untouched}


def test_whatever_is_written_while_backups_are_taken_each_restores_to_what_agrees(site: Any) -> None:
    passages = site.world.add(*[f"restless passage {number}" for number in range(20)])
    site.index()
    stop, rounds = Event(), [0]

    def write() -> None:
        while not stop.is_set():
            rounds[0] += 1
            for passage in passages[rounds[0] % 3 :: 3]:
                site.world.change(passage, f"edited in round {rounds[0]}")
            site.world.delete(site.world.add(f"comes and goes {rounds[0]}")[0])
            site.index()

    writer = Thread(target=write)
    writer.start()
    names = [site.take()[0] for _ in range(3)]
    stop.set()
    writer.join()
    assert rounds[0] > 3
    site.world.embedder.unavailable = True
    for name in names:
        site.restore(name, replace=True)
        site.index()
        vectors = {payload["passage_id"]: vector["dense"] for vector, payload in site.points().values()}
        embedded = {passage: words for passage, (words, done) in site.texts().items() if done}
        assert len(embedded) >= 100  # an edit that no worker had seen yet is pending: nobody has paid for it
        for passage, words in embedded.items():
            assert vectors[passage] == pytest.approx(hashed_words(words, 32).tolist(), abs=1e-6)


class Unreadable:
    """Snapshots that the server does not take, or of another version."""

    def __init__(self, snapshots: Any, version: str | None) -> None:
        self._snapshots = snapshots
        self._version = version

    def __getattr__(self, name: str) -> Any:
        return getattr(self._snapshots, name)

    def version(self) -> str:
        return self._version or str(self._snapshots.version())

    def recover(self, collection: str, file: Any) -> None:
        raise IndexUnavailable("The server does not like it.")


@pytest.mark.parametrize("why", ["asked", "refused", "other version"])
def test_an_index_that_cannot_be_recovered_is_rebuilt_without_one_call_to_the_provider(
    site: Any, why: str
) -> None:
    points, aliases = site.points(), site.snapshots.aliases()
    site.take()
    site.wipe()
    calls, site.world.embedder.unavailable = site.world.embedder.calls, True
    if why != "asked":
        site.snapshots = Unreadable(site.snapshots, "1.99.0" if why == "other version" else None)
    (restored,) = site.restore(vectors=why != "asked")
    assert (restored.recovered, restored.found.points, restored.pending) == (False, 0, 100)
    assert site.snapshots.aliases() == aliases
    site.index()
    assert_alike(site.points(), points)
    assert site.world.embedder.calls == calls
    assert states(site) == {"embedded": 100, "pending": 0, "passages": 100}


def test_a_restore_that_is_killed_before_the_index_came_back_leaves_everything_to_be_rebuilt(
    site: Any,
) -> None:
    points = site.points()
    site.take()

    class Killed(Unreadable):
        def drop(self, collection: str) -> None:
            raise KeyboardInterrupt

    site.snapshots, real = Killed(site.snapshots, None), site.snapshots
    with pytest.raises(KeyboardInterrupt):
        site.restore(replace=True)
    site.snapshots = real
    assert states(site) == {"embedded": 0, "pending": 100, "passages": 100}
    site.world.embedder.unavailable = True
    site.index()
    assert_alike(site.points(), points)


def test_snapshots_are_not_left_on_the_server(site: Any) -> None:
    site.take()
    assert site.on_the_server() == []


def test_leases_of_the_time_of_the_backup_hold_nothing_up(site: Any) -> None:
    site.world.add("leased while the backup was taken")
    with site.world.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO passage_vector_state (profile_id, passage_id, state, text_hash, payload_hash, "
                "lease_owner, lease_until) SELECT profile.id, passage.id, 'pending', text_hash, "
                "payload_hash, 'gone', now() + interval '1 day' "
                "FROM passage JOIN lesson ON lesson.id = lesson_id, "
                "embedding_profile AS profile WHERE text LIKE 'leased%'"
            )
        )
    site.take()
    site.restore(replace=True)
    site.index()
    assert states(site) == {"embedded": 101, "pending": 0, "passages": 101}
