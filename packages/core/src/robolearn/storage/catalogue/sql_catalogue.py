"""The catalogue on PostgreSQL: one round trip a read."""

from uuid import UUID

from sqlalchemy import Engine, text

from robolearn.domain.catalogue import CourseSummary, CourseTree, LessonView
from robolearn.domain.errors import NotFound
from robolearn.storage.catalogue.courses import COURSE, COURSES, summary_of, tree_of
from robolearn.storage.catalogue.lessons import LESSON, view_of
from robolearn.storage.plain import storable
from robolearn.storage.reading import Reader

_LESSON_AT = text("""
    SELECT lesson.id FROM lesson JOIN course ON course.id = lesson.course_id
    WHERE course.slug = :course AND lesson.source_path = :source_path
    ORDER BY lesson.position LIMIT 1
""")

# An ingest that changes anything gives its source another run or revision, in the same transaction.
_VERSION = text("""
    SELECT md5(concat(
        (SELECT string_agg(concat_ws(' ', id, last_run_id, revision), ',' ORDER BY id) FROM source),
        (SELECT string_agg(concat_ws(' ', id, updated_at), ',' ORDER BY id) FROM course)
    )) AS version
""")


class SqlCatalogue:
    """Implements the port `Catalogue`. Safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._reader = Reader(engine)

    def version(self) -> str:
        """Another text whenever an ingest has changed anything."""
        (row,) = self._reader.rows(_VERSION, {})
        found: str = row.version
        return found

    def courses(self, after: str | None = None, limit: int = 50) -> list[CourseSummary]:
        """Courses by slug, those after the slug `after`."""
        given = {"after": storable(after or ""), "limit": limit}
        return [summary_of(row) for row in self._reader.rows(COURSES, given)]

    def course(self, slug: str) -> CourseTree:
        """One course with its tree. Raises NotFound."""
        row = self._reader.row(COURSE, {"slug": storable(slug)})
        if row is None:
            raise NotFound(f"There is no course {slug!r}.")
        return tree_of(row)

    def lesson(self, lesson_id: UUID) -> LessonView:
        """One lesson. Raises NotFound."""
        row = self._reader.row(LESSON, {"id": lesson_id})
        if row is None:
            raise NotFound(f"There is no lesson {lesson_id}.")
        return view_of(row)

    def lesson_at(self, course: str, source_path: str) -> UUID:
        """The lesson that a file became; the first, where a file became several. Raises NotFound."""
        given = {"course": storable(course), "source_path": storable(source_path)}
        row = self._reader.row(_LESSON_AT, given)
        if row is None:
            raise NotFound(f"No lesson of the course {course!r} comes from {source_path!r}.")
        found: UUID = row.id
        return found
