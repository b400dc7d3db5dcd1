"""What a run has to write: the difference between the placed, parsed pages and what is stored."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from robolearn.domain.hashing import canonical_digest
from robolearn.domain.page import Facts, Page
from robolearn.domain.records import (
    CourseRecord,
    CurriculumChanges,
    LessonContent,
    LessonRecord,
    ModuleRecord,
    PassagePlace,
)
from robolearn_ingest.layouts import title_of_file
from robolearn_ingest.loading.passages import compare_passages
from robolearn_ingest.loading.placing import PlacedCourse, PlacedPage


@dataclass(frozen=True, slots=True)
class PageInPlace:
    """A page, what was read from it (None: not read, for it is unchanged) and its hash (32 bytes)."""

    placed: PlacedPage
    content_hash: bytes
    page: Page | None


@dataclass(slots=True)
class Plan:
    """Changes to write, how many lessons there are of each kind, and the courses that change."""

    changes: CurriculumChanges = field(default_factory=CurriculumChanges)
    counts: Counter[str] = field(default_factory=Counter)
    touched: set[UUID] = field(default_factory=set)

    def course(self, new: CourseRecord, old: CourseRecord | None) -> None:
        """Note a course."""
        if new != old:
            self.changes.courses.append(new)
            self.touched.add(new.id)

    def modules(self, course: CourseRecord, placed: PlacedCourse, stored: dict[UUID, ModuleRecord]) -> None:
        """Note the modules of a course; `stored` are those it has."""
        wanted = {one.id: one for one in (module.record(course.id) for module in placed.modules)}
        self.changes.modules += [one for one in wanted.values() if stored.get(one.id) != one]
        self.changes.removed_modules += [one for one in stored if one not in wanted]
        if wanted != stored:
            self.touched.add(course.id)

    def lesson(
        self, course: CourseRecord, one: PageInPlace, old: LessonRecord | None, passages: list[PassagePlace]
    ) -> None:
        """Note a lesson: new if there is no `old`, else compared with it and its stored `passages`."""
        new = _record(course, one, old)
        kind = _kind(new, old)
        self.counts[kind] += 1
        if old is None or old != new:
            self.touched.add(course.id)
        if one.page is None:
            if old != new:
                self.changes.replaced_lessons.append(new)
            return
        content = LessonContent(one.page.body, one.page.html, one.page.headings)
        target = self.changes.rewritten_lessons if old else self.changes.new_lessons
        target.append((new, content))
        compare_passages(new.id, new.language, one.page.passages, passages, self.changes)

    def gone(self, lesson: LessonRecord) -> None:
        """Note a lesson that is no more."""
        self.counts["removed"] += 1
        self.touched.add(lesson.course_id)
        self.changes.removed_lessons.append(lesson.id)


def _kind(new: LessonRecord, old: LessonRecord | None) -> str:
    if old is None:
        return "added"
    if new.content_hash != old.content_hash:
        return "changed"
    moved = (new.course_id, new.module_id, new.key, new.title, new.in_navigation)
    stayed = (old.course_id, old.module_id, old.key, old.title, old.in_navigation)
    return "unchanged" if moved == stayed else "moved"


def _record(course: CourseRecord, one: PageInPlace, old: LessonRecord | None) -> LessonRecord:
    placed, page = one.placed, one.page
    page_title = page.title if page else old.page_title if old else None
    facts = page.facts if page else old.facts if old else Facts()
    language = facts.language or course.language
    return LessonRecord(
        id=old.id if old else uuid4(),
        course_id=course.id,
        module_id=placed.module.id(course.id) if placed.module else None,
        key=placed.page.key,
        source_path=placed.page.path,
        position=placed.position,
        in_navigation=placed.in_navigation,
        title=placed.page.title or page_title or title_of_file(placed.page.path),
        page_title=page_title,
        description=page.description if page else old.description if old else None,
        facts=facts,
        language=language,
        content_hash=one.content_hash,
        payload_hash=payload_hash(course.slug, facts, language),
    )


def payload_hash(course: str, facts: Facts, language: str) -> bytes:
    """What search filters on (32 bytes): when it changes, points are written anew, from cached vectors."""
    return canonical_digest(
        [course, facts.level, language, facts.ros_distro, facts.simulator, facts.hardware]
    )
