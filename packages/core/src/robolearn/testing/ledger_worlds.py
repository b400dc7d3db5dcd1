"""A ledger with the passages under it, which tests add, change and delete as an ingest would."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import Engine, text

from robolearn.domain.hashing import digest
from robolearn.domain.page import Facts, embedding_text
from robolearn.domain.profile import EmbeddingProfile
from robolearn.domain.work import PassagePayload
from robolearn.ports.ledger import Ledger
from robolearn.storage.ledger import SqlLedger
from robolearn.testing.ledger import FakeLedger
from robolearn.testing.rows import LessonRows, insert_course

HEADINGS = ("Lesson",)
FACTS = Facts(level="beginner", ros_distro=("humble", "jazzy"), hardware=("lidar",))


class LedgerWorld(Protocol):
    """Every passage stands under the heading "Lesson" in a lesson with FACTS."""

    ledger: Ledger

    def add(self, *texts: str) -> list[UUID]:
        """New passages of one lesson."""
        ...

    def rewrite(self, passage_id: UUID, content: str) -> None:
        """Give a passage another text."""
        ...

    def refile(self, passage_id: UUID) -> None:
        """Give a passage's lesson the level "advanced"."""
        ...

    def delete(self, passage_id: UUID) -> None:
        """Delete a passage."""
        ...

    def wait(self, time: timedelta) -> None:
        """Let time pass for leases, removals and ages."""
        ...


class FakeLedgerWorld:
    """In memory."""

    def __init__(self) -> None:
        self.ledger = FakeLedger()

    def add(self, *texts: str) -> list[UUID]:
        """New passages of one lesson."""
        return [self.ledger.put(one, None, HEADINGS, _payload("beginner")) for one in texts]

    def rewrite(self, passage_id: UUID, content: str) -> None:
        """Give a passage another text."""
        self.ledger.put(content, passage_id, HEADINGS, _payload("beginner"))

    def refile(self, passage_id: UUID) -> None:
        """Give a passage's lesson another level."""
        old = self.ledger.passages[passage_id]
        self.ledger.put(old.text, passage_id, HEADINGS, _payload("advanced"))

    def delete(self, passage_id: UUID) -> None:
        """Delete a passage."""
        self.ledger.drop(passage_id)

    def wait(self, time: timedelta) -> None:
        """Move the clock on."""
        self.ledger.now += time


class SqlLedgerWorld:
    """On PostgreSQL, where time passes by moving all moments back."""

    def __init__(self, engine: Engine) -> None:
        self.ledger = SqlLedger(engine)
        self._engine = engine

    def add(self, *texts: str) -> list[UUID]:
        """New passages of one lesson, in a course of its own."""
        rows = [LessonRows(HEADINGS[0], texts, facts=FACTS)]
        return list(insert_course(self._engine, f"course-{uuid4()}", rows).passages)

    def rewrite(self, passage_id: UUID, content: str) -> None:
        """Give a passage another text."""
        given = {"id": passage_id, "text": content, "hash": digest(embedding_text(HEADINGS, content))}
        self._run("UPDATE passage SET text = :text, text_hash = :hash WHERE id = :id", **given)

    def refile(self, passage_id: UUID) -> None:
        """Give a passage's lesson another level."""
        self._run(
            "UPDATE lesson SET level = 'advanced', payload_hash = '\\x01'"
            " WHERE id = (SELECT lesson_id FROM passage WHERE id = :id)",
            id=passage_id,
        )

    def delete(self, passage_id: UUID) -> None:
        """Delete a passage."""
        self._run("DELETE FROM passage WHERE id = :id", id=passage_id)

    def wait(self, time: timedelta) -> None:
        """Move leases, ages and removals back."""
        self._run("UPDATE passage_vector_state SET lease_until = lease_until - :time", time=time)
        self._run("UPDATE passage_vector_state SET enrolled_at = enrolled_at - :time", time=time)
        self._run("UPDATE vector_removal SET not_before = not_before - :time", time=time)

    def _run(self, statement: str, **given: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(text(statement), given)


def _payload(level: str) -> PassagePayload:
    return PassagePayload("course", UUID(int=1), level, "en", FACTS.ros_distro, (), FACTS.hardware)


def embed_all(ledger: Ledger, profile: EmbeddingProfile) -> None:
    """Have everything marked as embedded that a profile's index lacks."""
    ledger.enrol(profile)
    claimed = ledger.claim(profile, "setup", 1000, timedelta(minutes=5))
    ledger.complete(profile, "setup", claimed)
