"""What is stored of a source."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from robolearn.domain.page import Facts
from robolearn.domain.problems import Problem, Severity
from robolearn.domain.records import (
    CourseRecord,
    LessonRecord,
    ModuleRecord,
    PassagePlace,
    RunRecord,
    SourceRecord,
)
from robolearn.storage.tables import Course, IngestProblem, IngestRun, Lesson, Module, Passage, Source

FACTS = ("level", "minutes", "objectives", "prerequisites", "ros_distro", "simulator", "hardware")
LISTS = FACTS[2:]


class CurriculumReader:
    """Reads within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def source(self, location: str) -> SourceRecord | None:
        """The source at a location, if it was ever loaded."""
        found = self._connection.execute(
            select(*Source.__table__.c).where(Source.location == location)
        ).first()
        return SourceRecord(**found._mapping) if found else None

    def run(self, run_id: UUID) -> RunRecord:
        """A past run with its problems."""
        run = self._connection.execute(select(*IngestRun.__table__.c).where(IngestRun.id == run_id)).one()
        statement = select(*IngestProblem.__table__.c).where(IngestProblem.run_id == run_id)
        rows = self._connection.execute(statement.order_by(IngestProblem.id)).all()
        others = tuple(_problem(row) for row in rows if not row.of_page)
        of_pages = tuple(_problem(row) for row in rows if row.of_page)
        return RunRecord(run.id, run.revision, run.counts, others, of_pages)

    def courses(self, source_id: UUID) -> list[CourseRecord]:
        """The courses of a source."""
        columns = [Course.__table__.c[name] for name in CourseRecord.__dataclass_fields__]
        rows = self._connection.execute(select(*columns).where(Course.source_id == source_id))
        return [CourseRecord(**row._mapping) for row in rows]

    def slugs(self) -> set[str]:
        """The slugs that courses of all sources have."""
        return set(self._connection.execute(select(Course.slug)).scalars())

    def modules(self, course_ids: Sequence[UUID]) -> list[ModuleRecord]:
        """The modules of courses."""
        columns = [Module.__table__.c[name] for name in ModuleRecord.__dataclass_fields__]
        rows = self._connection.execute(select(*columns).where(Module.course_id.in_(course_ids)))
        return [ModuleRecord(**row._mapping) for row in rows]

    def lessons(self, course_ids: Sequence[UUID]) -> list[LessonRecord]:
        """The lessons of courses, without their texts."""
        plain = [name for name in LessonRecord.__dataclass_fields__ if name != "facts"]
        columns = [Lesson.__table__.c[name] for name in (*plain, *FACTS, "page_language")]
        rows = self._connection.execute(select(*columns).where(Lesson.course_id.in_(course_ids)))
        return [
            LessonRecord(facts=_facts(row), **{name: row._mapping[name] for name in plain}) for row in rows
        ]

    def passages(self, lesson_ids: Sequence[UUID]) -> list[PassagePlace]:
        """The passages of lessons, in their order, without their texts."""
        columns = [Passage.__table__.c[name] for name in PassagePlace.__dataclass_fields__]
        chosen = select(*columns).where(Passage.lesson_id.in_(lesson_ids)).order_by(Passage.position)
        return [PassagePlace(*row) for row in self._connection.execute(chosen)]

    def passage_count(self, source_id: UUID) -> int:
        """How many passages a source has."""
        joined = select(func.count()).select_from(Passage).join(Lesson, Lesson.id == Passage.lesson_id)
        found = joined.join(Course, Course.id == Lesson.course_id).where(Course.source_id == source_id)
        return self._connection.execute(found).scalar_one()


def _problem(row: Row[Any]) -> Problem:
    return Problem(row.path, row.line, Severity(row.severity), row.reason, row.advice)


def _facts(row: Row[Any]) -> Facts:
    values = {name: row._mapping[name] for name in FACTS}
    return Facts(
        **(values | {name: tuple(values[name]) for name in LISTS}), language=row._mapping["page_language"]
    )
