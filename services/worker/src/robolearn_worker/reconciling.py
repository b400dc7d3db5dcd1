"""The sweep that compares the index with the database, and mends the index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from robolearn.observability import get_logger
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
    profile, present, orphans = adapters.embedder.profile, set[UUID](), 0
    adapters.ledger.register(profile)
    adapters.index.ensure(profile)
    for page in _pages(adapters.index.passage_ids(profile)):
        present.update(page)
        dead = adapters.ledger.orphans(profile, page)
        adapters.index.remove(profile, dead)
        orphans += len(dead)
    found = Reconciled(len(present), orphans, adapters.ledger.lost(profile, present))
    log.info("sweep.reconciled", points=found.points, orphans=found.orphans, lost=found.lost)
    return found


def _pages(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while page := list(islice(rest, _PAGE)):
        yield page
