"""What the database holds of a source, read once at the start of a run."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from robolearn.domain.records import CourseRecord, LessonRecord, ModuleRecord, PassagePlace, SourceRecord
from robolearn.storage.curriculum import CurriculumReader
from robolearn_ingest.loading.matching import Identity, Stored


@dataclass(frozen=True, slots=True)
class StoredCurriculum:
    """Everything but the texts."""

    courses: list[CourseRecord]
    modules: dict[UUID, ModuleRecord]
    lessons: list[LessonRecord]

    def by_key(self) -> dict[tuple[str, str], LessonRecord]:
        """Lessons by (course key, lesson key)."""
        keys = {course.id: course.key for course in self.courses}
        return {(keys[lesson.course_id], lesson.key): lesson for lesson in self.lessons}

    def module_path(self, lesson: LessonRecord) -> tuple[str, ...]:
        """Titles of the modules around a lesson, outermost first."""
        titles: list[str] = []
        module_id = lesson.module_id
        while module_id:
            module = self.modules[module_id]
            titles.insert(0, module.title)
            module_id = module.parent_id
        return tuple(titles)

    def identities(self, passages: dict[UUID, list[PassagePlace]]) -> list[Stored]:
        """The lessons as matching sees them; those without an entry in `passages` match by other means."""
        return [
            Stored(
                Identity(
                    key=key,
                    content_hash=lesson.content_hash,
                    title=lesson.page_title,
                    module_path=self.module_path(lesson),
                    texts=frozenset(one.text_hash for one in passages.get(lesson.id, ())),
                ),
                lesson,
            )
            for key, lesson in self.by_key().items()
        ]


def read_stored(reader: CurriculumReader, source: SourceRecord | None) -> StoredCurriculum:
    """Read what is stored of a source; nothing if it is new."""
    courses = reader.courses(source.id) if source else []
    ids = [course.id for course in courses]
    modules = {module.id: module for module in reader.modules(ids)} if ids else {}
    return StoredCurriculum(courses, modules, reader.lessons(ids) if ids else [])


def read_passages(reader: CurriculumReader, lesson_ids: Iterable[UUID]) -> dict[UUID, list[PassagePlace]]:
    """The passages of lessons, by lesson."""
    found: dict[UUID, list[PassagePlace]] = defaultdict(list)
    ids = list(lesson_ids)
    for passage in reader.passages(ids) if ids else ():
        found[passage.lesson_id].append(passage)
    return found
