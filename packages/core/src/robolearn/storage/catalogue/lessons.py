"""One lesson with its place in the course."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from robolearn.domain.catalogue import LessonEntry, LessonView, PassageEntry
from robolearn.domain.page import Facts, Heading
from robolearn.storage.catalogue.entries import ENTRY, entry_of
from robolearn.storage.reading import Prepared

_LESSON = text(f"""
    SELECT lesson.id, lesson.title, lesson.description, course.slug AS course, course.title AS course_title,
        lesson.source_path, lesson.in_navigation, lesson.body, lesson.html, lesson.headings,
        lesson.level, lesson.minutes, lesson.objectives, lesson.prerequisites,
        lesson.ros_distro, lesson.simulator, lesson.hardware, lesson.page_language, lesson.updated_at,
        (SELECT json_agg(json_build_array(id, heading_path, anchor, line_start, line_end, text)
                ORDER BY position)
            FROM passage WHERE lesson_id = lesson.id) AS passages,
        (WITH RECURSIVE above AS (
                SELECT parent_id, title, 0 AS height FROM module WHERE id = lesson.module_id
                UNION ALL
                SELECT module.parent_id, module.title, above.height + 1
                FROM module JOIN above ON module.id = above.parent_id
            )
            SELECT array_agg(title ORDER BY height DESC) FROM above) AS breadcrumbs,
        (SELECT json_build_array({ENTRY}) FROM lesson AS near
            WHERE near.course_id = lesson.course_id AND near.position < lesson.position
              AND near.in_navigation AND lesson.in_navigation
            ORDER BY near.position DESC LIMIT 1) AS previous,
        (SELECT json_build_array({ENTRY}) FROM lesson AS near
            WHERE near.course_id = lesson.course_id AND near.position > lesson.position
              AND near.in_navigation AND lesson.in_navigation
            ORDER BY near.position LIMIT 1) AS next
    FROM lesson JOIN course ON course.id = lesson.course_id
    WHERE lesson.id = :id
""")  # noqa: S608 - the only part put in is a constant

LESSON = Prepared("read_lesson", _LESSON)


def view_of(row: Any) -> LessonView:
    """The row of LESSON as the domain sees it."""
    return LessonView(
        id=row.id,
        title=row.title,
        description=row.description,
        course=row.course,
        course_title=row.course_title,
        breadcrumbs=tuple(row.breadcrumbs or ()),
        source_path=row.source_path,
        in_navigation=row.in_navigation,
        body=row.body,
        html=row.html,
        headings=tuple(Heading(**one) for one in row.headings),
        facts=_facts(row),
        passages=tuple(_passage(one) for one in row.passages or ()),
        previous=_neighbour(row.previous),
        next=_neighbour(row.next),
        updated_at=row.updated_at,
    )


def _facts(row: Any) -> Facts:
    return Facts(
        level=row.level,
        minutes=row.minutes,
        objectives=tuple(row.objectives),
        prerequisites=tuple(row.prerequisites),
        ros_distro=tuple(row.ros_distro),
        simulator=tuple(row.simulator),
        hardware=tuple(row.hardware),
        language=row.page_language,
    )


def _passage(columns: Sequence[Any]) -> PassageEntry:
    passage_id, heading_path, anchor, line_start, line_end, text_ = columns
    return PassageEntry(UUID(passage_id), tuple(heading_path), anchor, line_start, line_end, text_)


def _neighbour(columns: Sequence[Any] | None) -> LessonEntry | None:
    return entry_of(columns, in_navigation=True) if columns else None
