"""Writing what a run has changed, in as many statements as there are kinds of change."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func, update

from robolearn.domain.records import (
    CurriculumChanges,
    LessonContent,
    LessonRecord,
    PassagePlace,
    PassageRecord,
    RunRecord,
    SourceRecord,
)
from robolearn.storage import bulk
from robolearn.storage.curriculum.reading import LISTS
from robolearn.storage.languages import search_config
from robolearn.storage.tables import Course, IngestProblem, IngestRun, Lesson, Module, Passage, Source


def _table(model: type) -> Table:
    return model.__table__  # type: ignore[attr-defined,no-any-return]


class CurriculumWriter:
    """Writes within one transaction; deletions come first, so that places become free."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def source(self, source: SourceRecord) -> None:
        """Write a source, new or known."""
        bulk.insert(self._connection, _table(Source), [asdict(source)], upsert=True)

    def run(self, source_id: UUID, run: RunRecord, started_at: datetime, finished_at: datetime) -> None:
        """Write a run and its problems."""
        row = {"id": run.id, "source_id": source_id, "revision": run.revision, "counts": run.counts}
        bulk.insert(
            self._connection,
            _table(IngestRun),
            [row | {"started_at": started_at, "finished_at": finished_at}],
        )
        problems = [
            {"run_id": run.id, "of_page": of_page, **asdict(one)}
            for of_page, found in ((False, run.problems), (True, run.page_problems))
            for one in found
        ]
        bulk.insert(self._connection, _table(IngestProblem), problems)

    def changes(self, changes: CurriculumChanges) -> None:
        """Write all changes to courses, modules, lessons and passages."""
        self._remove(changes)
        bulk.insert(self._connection, _table(Course), [asdict(one) for one in changes.courses], upsert=True)
        bulk.insert(self._connection, _table(Module), [asdict(one) for one in changes.modules], upsert=True)
        self._lessons(changes)
        self._passages(changes)

    def touch(self, course_ids: Iterable[UUID]) -> None:
        """Note that something in these courses has changed now."""
        changed = update(Course).where(Course.id.in_(list(course_ids))).values(updated_at=func.now())
        self._connection.execute(changed)

    def _remove(self, changes: CurriculumChanges) -> None:
        bulk.delete(self._connection, _table(Passage), changes.removed_passages)
        bulk.delete(self._connection, _table(Lesson), changes.removed_lessons)

    def _lessons(self, changes: CurriculumChanges) -> None:
        now = datetime.now().astimezone()
        table = _table(Lesson)
        bulk.insert(self._connection, table, [_lesson(*one) for one in changes.new_lessons])
        rewritten = [_lesson(*one) | {"updated_at": now} for one in changes.rewritten_lessons]
        bulk.update(self._connection, table, rewritten)
        bulk.update(self._connection, table, [_lesson(one) for one in changes.replaced_lessons])
        bulk.delete(self._connection, _table(Module), changes.removed_modules)
        bulk.delete(self._connection, _table(Course), changes.removed_courses)

    def _passages(self, changes: CurriculumChanges) -> None:
        table = _table(Passage)
        bulk.insert(self._connection, table, [_passage(one) for one in changes.new_passages])
        bulk.update(self._connection, table, [_passage(one) for one in changes.rewritten_passages])
        bulk.update(self._connection, table, [_place(one) for one in changes.moved_passages])


def _lesson(lesson: LessonRecord, content: LessonContent | None = None) -> dict[str, Any]:
    row = {name: getattr(lesson, name) for name in lesson.__dataclass_fields__ if name != "facts"}
    facts = {name: getattr(lesson.facts, name) for name in lesson.facts.__dataclass_fields__}
    row |= {name: list(value) if name in LISTS else value for name, value in facts.items()}
    row["page_language"], row["language"] = facts["language"], lesson.language
    if content:
        row |= {"body": content.body, "html": content.html}
        row["headings"] = [asdict(one) for one in content.headings]
    return row


def _place(place: PassagePlace) -> dict[str, Any]:
    return {name: getattr(place, name) for name in place.__dataclass_fields__}


def _passage(passage: PassageRecord) -> dict[str, Any]:
    return _place(passage.place) | {
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "search_config": search_config(passage.language),
    }
