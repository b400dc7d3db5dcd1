"""The catalogue in memory: tests put whole courses and lessons into it."""

from collections.abc import Iterable
from uuid import UUID

from robolearn.domain.catalogue import CourseSummary, CourseTree, LessonView
from robolearn.domain.errors import DatabaseUnavailable, NotFound
from robolearn.domain.hashing import digest


class FakeCatalogue:
    """Implements the port `Catalogue`. Set `down` to make every read raise DatabaseUnavailable."""

    def __init__(self, courses: Iterable[CourseTree] = (), lessons: Iterable[LessonView] = ()) -> None:
        self.trees = {one.summary.slug: one for one in courses}
        self.views = {one.id: one for one in lessons}
        self.down = False

    def version(self) -> str:
        """Another text whenever a test has put something else here."""
        self._check()
        return digest(repr((self.trees, self.views))).hex()

    def courses(self, after: str | None = None, limit: int = 50) -> list[CourseSummary]:
        """Courses by slug, those after the slug `after`."""
        self._check()
        return [self.trees[slug].summary for slug in sorted(self.trees) if slug > (after or "")][:limit]

    def course(self, slug: str) -> CourseTree:
        """One course with its tree. Raises NotFound."""
        self._check()
        if slug not in self.trees:
            raise NotFound(f"There is no course {slug!r}.")
        return self.trees[slug]

    def lesson(self, lesson_id: UUID) -> LessonView:
        """One lesson. Raises NotFound."""
        self._check()
        if lesson_id not in self.views:
            raise NotFound(f"There is no lesson {lesson_id}.")
        return self.views[lesson_id]

    def lesson_at(self, course: str, source_path: str) -> UUID:
        """The lesson that a file became. Raises NotFound."""
        self._check()
        for one in self.views.values():
            if (one.course, one.source_path) == (course, source_path):
                return one.id
        raise NotFound(f"No lesson of the course {course!r} comes from {source_path!r}.")

    def _check(self) -> None:
        if self.down:
            raise DatabaseUnavailable("PostgreSQL does not answer.")
