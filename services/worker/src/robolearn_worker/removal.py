"""The sweep that removes the points of passages that are gone."""

from robolearn.observability import get_logger
from robolearn_worker.adapters import Adapters

log = get_logger(__name__)

_PAGE = 500


def remove_dead_points(adapters: Adapters) -> int:
    """Remove what the ledger says is due; how many. Invariant 5: a point that is absent is no error.

    Raises DatabaseUnavailable and IndexUnavailable; what is removed by then is not asked for again.
    """
    profile, total = adapters.embedder.profile, 0
    while due := adapters.ledger.removals(profile, _PAGE):
        adapters.index.remove(profile, [passage_id for _, passage_id in due])
        adapters.ledger.removed([removal_id for removal_id, _ in due])
        total += len(due)
    if total:
        log.info("sweep.removed", points=total)
    return total
