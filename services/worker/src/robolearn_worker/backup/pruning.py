"""Delete what the policy does not keep."""

from robolearn.observability import get_logger
from robolearn_worker.backup.retention import Policy, doomed
from robolearn_worker.backup.store import Store

log = get_logger(__name__)


def prune(store: Store, policy: Policy) -> list[str]:
    """The names of the deleted. A damaged backup counts for nothing and is left for a person to look at."""
    with store.changing():
        whole = store.whole()
        gone = set(doomed([manifest.created for _, manifest in whole], policy))
        names = [entry.name for entry, manifest in whole if manifest.created in gone]
        for name in names:
            store.delete(name)
    if names:
        log.info("backup.pruned", names=names)
    return names
