"""The sweep that compares the index with the database, and mends the index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from robolearn.domain.profile import EmbeddingProfile
from robolearn.observability import get_logger
from robolearn.ports.index import VectorIndex
from robolearn.ports.ledger import Ledger
from robolearn_worker.adapters import Adapters

log = get_logger(__name__)

_PAGE = 1000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was found: points in the index, points that no passage has, passages whose point was lost."""

    points: int
    orphans: int
    lost: int


def reconcile(adapters: Adapters) -> Reconciled:
    """Remove orphans, and make pending again what lost its point: its vector comes from the cache.

    A wiped engine is an index that has lost everything. Raises DatabaseUnavailable and IndexUnavailable.
    """
    return reconcile_profile(adapters.ledger, adapters.index, adapters.embedder.profile)


def reconcile_profile(ledger: Ledger, index: VectorIndex, profile: EmbeddingProfile) -> Reconciled:
    """The same for any profile, also one whose provider is not at hand."""
    present, orphans = set[UUID](), 0
    ledger.register(profile)
    index.ensure(profile)
    for page in _pages(index.passage_ids(profile)):
        present.update(page)
        dead = ledger.orphans(profile, page)
        index.remove(profile, dead)
        orphans += len(dead)
    found = Reconciled(len(present), orphans, ledger.lost(profile, present))
    log.info("sweep.reconciled", points=found.points, orphans=found.orphans, lost=found.lost)
    return found


def _pages(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while page := list(islice(rest, _PAGE)):
        yield page
