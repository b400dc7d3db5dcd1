"""The source as it is against the source as it is stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from robolearn.domain.errors import SourceError
from robolearn.domain.page import Page
from robolearn.domain.problems import Problem
from robolearn.domain.records import CourseRecord, LessonRecord, SourceRecord
from robolearn.storage.curriculum import CurriculumReader
from robolearn_ingest.layouts import discover
from robolearn_ingest.loading.courses import course_records
from robolearn_ingest.loading.matching import Identity, match
from robolearn_ingest.loading.parsing import content_hash, parse_pages
from robolearn_ingest.loading.placing import PlacedCourse, PlacedPage, place
from robolearn_ingest.loading.planning import PageInPlace, Plan
from robolearn_ingest.loading.report import LESSON_COUNTS
from robolearn_ingest.loading.stored import StoredCurriculum, read_passages, read_stored
from robolearn_ingest.sources import SourceTree

Progress = Callable[[int, int], None]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run has to write, and what it has to tell."""

    plan: Plan
    counts: dict[str, int]
    problems: tuple[Problem, ...]
    page_problems: tuple[Problem, ...]
    layouts: tuple[str, ...]


def compare(
    reader: CurriculumReader,
    source_id: UUID,
    source: SourceRecord | None,
    tree: SourceTree,
    progress: Progress,
) -> Comparison:
    """Compare the tree with what is stored of it. Raises SourceError where the tree has no page."""
    outlined = discover(tree)
    placed = [place(one, outlined.outside.get(one.key, ())) for one in outlined.courses]
    placed = [one for one in placed if one.pages]
    if not placed:
        raise SourceError(
            f"No Markdown page was found in {tree.location}; nothing was changed.",
            "Name the folder that holds the course's files.",
        )
    stored = read_stored(reader, source)
    taken = reader.slugs()
    courses = course_records(source_id, [one.outline for one in placed], stored.courses, taken)
    comparing = _Comparing(
        reader, tree, stored, dict(zip((one.key for one in courses), courses, strict=True))
    )
    plan = comparing.plan(placed, progress)
    counts = {"courses": len(courses)} | {name: plan.counts[name] for name in LESSON_COUNTS}
    counts |= _passage_counts(plan)
    return Comparison(
        plan,
        counts,
        problems=(*tree.problems, *outlined.problems),
        page_problems=(*comparing.problems, *_standing(reader, source, comparing.unread)),
        layouts=tuple(sorted({one.layout for one in courses})),
    )


def _standing(reader: CurriculumReader, source: SourceRecord | None, paths: set[str]) -> Iterable[Problem]:
    """The problems that the last run found in pages which this one need not read."""
    if source is None or source.last_run_id is None:
        return ()
    return (one for one in reader.run(source.last_run_id).page_problems if one.path in paths)


def _passage_counts(plan: Plan) -> dict[str, int]:
    changes = plan.changes
    return {
        "passages_added": len(changes.new_passages),
        "passages_changed": len(changes.rewritten_passages),
        "passages_removed": len(changes.removed_passages),
    }


class _Comparing:
    """One comparison: parse what is new or edited, pair it with what is stored, and plan the writes."""

    def __init__(
        self,
        reader: CurriculumReader,
        tree: SourceTree,
        stored: StoredCurriculum,
        courses: dict[str, CourseRecord],
    ) -> None:
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self._reader = reader
        self._tree = tree
        self._stored = stored
        self._courses = courses

    def plan(self, placed: list[PlacedCourse], progress: Progress) -> Plan:
        plan = Plan()
        self._plan_courses(plan, placed)
        pages = self._read([page for course in placed for page in course.pages], progress)
        same = self._same(pages)
        changed = [lesson.id for lesson in self._stored.lessons if lesson.id not in same]
        passages = read_passages(self._reader, changed)
        pairs = match([_identity(one) for one in pages], self._stored.identities(passages))
        for one in pages:
            old = pairs.get(one.placed.key)
            known = passages.get(old.id, []) if old else []
            plan.lesson(self._courses[one.placed.course_key], one, old, known)
        paired = {lesson.id for lesson in pairs.values()}
        for lesson in self._stored.lessons:
            if lesson.id not in paired:
                plan.gone(lesson)
        return plan

    def _plan_courses(self, plan: Plan, placed: list[PlacedCourse]) -> None:
        known = {one.key: one for one in self._stored.courses}
        for one in placed:
            course = self._courses[one.outline.key]
            plan.course(course, known.get(course.key))
            modules = self._stored.modules.values()
            plan.modules(course, one, {old.id: old for old in modules if old.course_id == course.id})
        plan.changes.removed_courses += [one.id for one in known.values() if one.key not in self._courses]

    def _read(self, placed: list[PlacedPage], progress: Progress) -> list[PageInPlace]:
        """The pages that could be read; one that no longer can be stays as it was loaded before."""
        known = self._stored.by_key()
        hashes = {one.key: content_hash(self._tree, one) for one in placed}
        wanted = [one for one in placed if not self._unchanged(one, hashes[one.key], known.get(one.key))]
        self.unread = {one.page.path for one in placed} - {one.page.path for one in wanted}
        parsed: dict[Key, Page | None] = {}
        for one, (page, problems) in zip(wanted, parse_pages(self._tree, wanted, progress), strict=True):
            parsed[one.key] = page
            self.problems += problems
        found = []
        for one in placed:
            if one.key not in parsed or parsed[one.key]:
                found.append(PageInPlace(one, hashes[one.key], parsed.get(one.key)))
            elif one.key in known:
                found.append(PageInPlace(one, known[one.key].content_hash, None))
        return found

    def _unchanged(self, one: PlacedPage, content: bytes, old: LessonRecord | None) -> bool:
        course = self._courses[one.course_key]
        same_language = any(
            was.id == course.id and was.language == course.language for was in self._stored.courses
        )
        return old is not None and old.content_hash == content and same_language

    def _same(self, pages: list[PageInPlace]) -> set[UUID]:
        known = self._stored.by_key()
        return {known[one.placed.key].id for one in pages if one.page is None}


def _identity(one: PageInPlace) -> Identity:
    page = one.page
    return Identity(
        key=one.placed.key,
        content_hash=one.content_hash,
        title=page.title if page else None,
        module_path=one.placed.module_path,
        texts=frozenset(passage.text_hash for passage in page.passages) if page else frozenset(),
    )
