"""kill -9 in the middle of a batch: nothing is lost, nothing is paid for twice, nothing is left over."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from robolearn_worker.indexing import Indexing

# Stops for good just before or just after the index takes its third batch, and says so.
VICTIM = """
import sys
from pathlib import Path
from threading import Event

from robolearn.ports.embedding import BatchLimits
from robolearn.settings import DatabaseSettings, QdrantSettings
from robolearn.storage.engine import create_pool
from robolearn.storage.ledger import SqlLedger
from robolearn.testing import FakeEmbedder, FakeSparseEncoder
from robolearn.vectors.qdrant import QdrantIndex
from robolearn_worker.adapters import Adapters
from robolearn_worker.indexing import Indexing
from robolearn_worker.settings import IndexingSettings

moment, url, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
writes = []


class Index(QdrantIndex):
    def upsert(self, profile, points):
        writes.append(points)
        if moment == "before" and len(writes) == 3:
            self.hang()
        super().upsert(profile, points)
        if moment == "after" and len(writes) == 3:
            self.hang()

    def hang(self):
        print("now", flush=True)
        Event().wait()


class Embedder(FakeEmbedder):
    def embed(self, texts):
        vectors = super().embed(texts)
        with (folder / "paid.txt").open("a") as paid:
            paid.writelines(f"{text.strip()}\\n" for text in texts)
        return vectors


ledger = SqlLedger(create_pool(DatabaseSettings(url=url)))
index = Index(QdrantSettings(path=folder / "qdrant"))
embedder = Embedder(limits=BatchLimits(texts=8, tokens=1000))
adapters = Adapters(ledger, index, embedder, FakeSparseEncoder())
settings = IndexingSettings(batch_size=20, heartbeat_file=folder / "heartbeat.json")
Indexing(settings, lambda: adapters).embed()
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_kill_9_in_the_middle_of_a_batch_loses_and_doubles_nothing(
    moment: str, real_world: Any, indexing_of_real_world: Indexing, database_url: str, tmp_path: Path
) -> None:
    ids = real_world.add(*[f"passage {number}" for number in range(100)])
    victim = subprocess.Popen(
        [sys.executable, "-c", VICTIM, moment, database_url, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert victim.stdout is not None
    told = [line for line in iter(victim.stdout.readline, "now\n") if line == ""]
    victim.kill()
    victim.wait(30)
    victim.stdout.close()
    assert told == []

    profile, ledger = real_world.embedder.profile, real_world.adapters.ledger
    paid = (tmp_path / "paid.txt").read_text().splitlines()
    before = ledger.counts(profile)
    assert 0 < before.embedded < 100
    world_of_points = set(real_world.adapters.index.passage_ids(profile))
    assert before.embedded <= len(world_of_points)  # counted only what was acknowledged

    real_world.expire_leases()
    indexing_of_real_world.embed()
    indexing_of_real_world.remove()
    found = indexing_of_real_world.reconcile()
    assert (found.points, found.orphans, found.lost) == (100, 0, 0)
    assert set(real_world.adapters.index.passage_ids(profile)) == set(ids)
    after = ledger.counts(profile)
    assert (after.embedded, after.pending, after.failed, after.removals) == (100, 0, 0, 0)
    all_paid = Counter(paid) + Counter({text.strip(): n for text, n in real_world.embedder.embedded.items()})
    assert Counter(all_paid.values()) == {1: 100}
