"""A course put straight into the tables, for tests of what reads them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, Table

from robolearn.domain.hashing import canonical_digest, digest
from robolearn.domain.page import Facts, Heading, embedding_text
from robolearn.storage import bulk
from robolearn.storage.languages import search_config
from robolearn.storage.tables import Base, Course, Lesson, Module, Passage, Source


@dataclass(frozen=True)
class LessonRows:
    """A lesson to insert: one passage for each of `texts`, under the lesson's title and in `modules`."""

    title: str
    texts: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)
    in_navigation: bool = True
    language: str = "en"
    body: str = ""
    html: str = ""
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class InsertedLesson:
    """The ids of a lesson and of its passages, in their order."""

    id: UUID
    source_path: str
    passages: tuple[UUID, ...]


@dataclass(frozen=True)
class InsertedCourse:
    """The ids of a course and of its lessons, in their order."""

    id: UUID
    source_id: UUID
    slug: str
    lessons: tuple[InsertedLesson, ...]

    @property
    def passages(self) -> tuple[UUID, ...]:
        """All passages of the course."""
        return tuple(one for lesson in self.lessons for one in lesson.passages)


def insert_course(
    engine: Engine,
    slug: str,
    lessons: Sequence[LessonRows],
    *,
    title: str | None = None,
    description: str | None = None,
    language: str = "en",
    layout: str = "folder",
    updated_at: datetime | None = None,
) -> InsertedCourse:
    """Insert a source with one course. Lessons and modules get positions in the order given."""
    source_id, course_id = uuid4(), uuid4()
    course = {
        "id": course_id,
        "source_id": source_id,
        "key": "",
        "slug": slug,
        "title": title or slug.replace("-", " ").capitalize(),
        "description": description,
        "language": language,
        "layout": layout,
        "updated_at": updated_at or datetime.now().astimezone(),
    }
    with engine.begin() as connection:
        source = {"id": source_id, "location": f"/courses/{slug}", "revision": "abc123"}
        bulk.insert(connection, _table(Source), [source])
        bulk.insert(connection, _table(Course), [course])
        inserted = _insert_lessons(connection, course_id, slug, lessons)
    return InsertedCourse(course_id, source_id, slug, inserted)


def _insert_lessons(
    connection: Connection, course_id: UUID, slug: str, lessons: Sequence[LessonRows]
) -> tuple[InsertedLesson, ...]:
    modules: dict[tuple[str, ...], dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    passages: list[dict[str, Any]] = []
    inserted: list[InsertedLesson] = []
    for number, lesson in enumerate(lessons):
        for depth in range(len(lesson.modules)):
            part = lesson.modules[: depth + 1]
            modules.setdefault(part, _module(course_id, part, modules, len(rows) + len(modules)))
        parent = modules[lesson.modules]["id"] if lesson.modules else None
        path = f"lesson-{number}.md"
        place = {"course_id": course_id, "module_id": parent, "key": path, "source_path": path}
        row = _lesson(lesson, slug) | place | {"position": len(rows) + len(modules)}
        own = [_passage(lesson, row["id"], position, text) for position, text in enumerate(lesson.texts)]
        rows.append(row)
        passages += own
        inserted.append(InsertedLesson(row["id"], row["source_path"], tuple(one["id"] for one in own)))
    bulk.insert(connection, _table(Module), list(modules.values()))
    bulk.insert(connection, _table(Lesson), rows)
    bulk.insert(connection, _table(Passage), passages)
    return tuple(inserted)


def _module(
    course_id: UUID, path: tuple[str, ...], modules: dict[tuple[str, ...], dict[str, Any]], position: int
) -> dict[str, Any]:
    parent = modules[path[:-1]]["id"] if path[:-1] else None
    return {
        "id": uuid4(),
        "course_id": course_id,
        "parent_id": parent,
        "position": position,
        "title": path[-1],
    }


def _lesson(lesson: LessonRows, slug: str) -> dict[str, Any]:
    facts = {name: list(one) if isinstance(one, tuple) else one for name, one in asdict(lesson.facts).items()}
    return facts | {
        "id": uuid4(),
        "in_navigation": lesson.in_navigation,
        "title": lesson.title,
        "page_title": lesson.title,
        "description": None,
        "body": lesson.body,
        "html": lesson.html,
        "headings": [asdict(one) for one in lesson.headings],
        "page_language": facts["language"],
        "language": lesson.language,
        "content_hash": digest(lesson.body, *lesson.texts),
        "payload_hash": canonical_digest([slug, facts, lesson.language]),
    }


def _passage(lesson: LessonRows, lesson_id: UUID, position: int, text: str) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "lesson_id": lesson_id,
        "position": position,
        "heading_path": [lesson.title],
        "anchor": f"part-{position}",
        "line_start": position * 10 + 1,
        "line_end": position * 10 + 9,
        "text": text,
        "text_hash": digest(embedding_text((lesson.title,), text)),
        "search_config": search_config(lesson.language),
    }


def _table(rows: type[Base]) -> Table:
    return cast(Table, rows.__table__)
