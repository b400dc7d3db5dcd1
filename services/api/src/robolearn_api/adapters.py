"""What the api needs of the outside world, in one value."""

from collections.abc import Callable
from dataclasses import dataclass

from robolearn.ports.embedding import Embedder, SparseEncoder
from robolearn.ports.index import VectorIndex
from robolearn.ports.ledger import Ledger
from robolearn.ports.reading import Catalogue, PassageSearch


def _nothing() -> None: ...


@dataclass(frozen=True)
class Adapters:
    """The ports, real or fake.

    `check_database` raises DatabaseUnavailable or SchemaMismatch. `closers` are called in their order
    when the api stops; they are empty where somebody else owns the adapters.
    """

    catalogue: Catalogue
    passages: PassageSearch
    index: VectorIndex
    embedder: Embedder
    sparse: SparseEncoder
    ledger: Ledger
    check_database: Callable[[], None] = _nothing
    closers: tuple[Callable[[], None], ...] = ()

    def close(self) -> None:
        """Let go of what these adapters hold."""
        for closer in self.closers:
            closer()
