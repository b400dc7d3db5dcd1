"""Passages with the places they come from."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from robolearn.domain.search import PassageView
from robolearn.storage.passages.snippets import START, STOP, marked_spans, snippet_of
from robolearn.storage.passages.words import ANY_WORD

# HighlightAll, since shorter headlines drop parts of the text. Marks that the text itself has become spaces:
# offsets are to be those of the text.
VIEWS = text(f"""
    SELECT passage.id, passage.lesson_id, lesson.title AS lesson_title, course.slug AS course,
        course.title AS course_title, passage.heading_path, passage.anchor, passage.text,
        ts_headline(CAST(:config AS regconfig), translate(search_words(passage.text), :marks, '  '),
            {ANY_WORD}, 'HighlightAll=true, StartSel={START}, StopSel={STOP}') AS marked,
        lesson.source_path, passage.line_start, passage.line_end, lesson.in_navigation, lesson.level,
        lesson.language, lesson.ros_distro
    FROM passage
    JOIN lesson ON lesson.id = passage.lesson_id
    JOIN course ON course.id = lesson.course_id
    WHERE passage.id = ANY(CAST(:ids AS uuid[]))
""")  # noqa: S608 - the parts put in are constants

MARKS = START + STOP


def view_of(row: Any) -> tuple[UUID, PassageView]:
    """A row of VIEWS as the domain sees it, by its id."""
    return row.id, PassageView(
        passage_id=row.id,
        lesson_id=row.lesson_id,
        lesson_title=row.lesson_title,
        course=row.course,
        course_title=row.course_title,
        heading_path=tuple(row.heading_path),
        anchor=row.anchor,
        text=row.text,
        snippet=snippet_of(row.text, marked_spans(row.marked)),
        source_path=row.source_path,
        line_start=row.line_start,
        line_end=row.line_end,
        in_navigation=row.in_navigation,
        level=row.level,
        language=row.language,
        ros_distro=tuple(row.ros_distro),
    )
