"""One transaction of the ingest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from robolearn.storage.curriculum.reading import CurriculumReader
from robolearn.storage.curriculum.writing import CurriculumWriter
from robolearn.storage.engine import transaction

_LOCK = 0x0B07  # the first key of all advisory locks of the ingest


@dataclass(frozen=True, slots=True)
class CurriculumSession:
    """Reading and writing in one transaction, which is committed when its context ends."""

    read: CurriculumReader
    write: CurriculumWriter
    connection: Connection

    def try_lock(self) -> bool:
        """Become the only ingest that writes, if nobody is; held until the transaction ends."""
        return bool(
            self.connection.execute(
                text("SELECT pg_try_advisory_xact_lock(:key, 0)"), {"key": _LOCK}
            ).scalar()
        )

    def lock(self) -> None:
        """The same, waiting as long as the other ingest takes."""
        self.connection.execute(text("SET LOCAL statement_timeout = 0"))
        self.connection.execute(text("SELECT pg_advisory_xact_lock(:key, 0)"), {"key": _LOCK})

    def forget(self) -> None:
        """Undo everything written so far."""
        self.connection.rollback()


@contextmanager
def curriculum_session(engine: Engine) -> Iterator[CurriculumSession]:
    """A session whose writes are committed at the end, and forgotten after an error.

    Raises DatabaseUnavailable.
    """
    with transaction(engine) as connection:
        yield CurriculumSession(CurriculumReader(connection), CurriculumWriter(connection), connection)
