"""Courses, and one course as a tree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text

from robolearn.domain.catalogue import CourseSummary, CourseTree, LessonEntry, ModuleNode
from robolearn.storage.catalogue.entries import ENTRY, entry_of
from robolearn.storage.reading import Prepared

# Byte order, so that a page's cursor means the same on every server.
_COURSES = text("""
    SELECT course.id, course.slug, course.title, course.description, course.language, course.layout,
        course.updated_at, counted.lessons, counted.minutes, counted.levels, named.ros_distros
    FROM course
    CROSS JOIN LATERAL (
        SELECT count(*) AS lessons, sum(minutes) AS minutes,
            array_agg(DISTINCT level) FILTER (WHERE level IS NOT NULL) AS levels
        FROM lesson WHERE lesson.course_id = course.id
    ) AS counted
    CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT distro) AS ros_distros
        FROM lesson CROSS JOIN unnest(ros_distro) AS distro WHERE lesson.course_id = course.id
    ) AS named
    WHERE course.slug COLLATE "C" > :after
    ORDER BY course.slug COLLATE "C" LIMIT :limit
""")

_COURSE = text(f"""
    SELECT course.id, course.slug, course.title, course.description, course.language, course.layout,
        course.updated_at, source.location, source.revision,
        (SELECT json_agg(json_build_array(position, id, parent_id, title))
            FROM module WHERE module.course_id = course.id) AS modules,
        (SELECT json_agg(json_build_array(position, module_id, in_navigation, ros_distro,
                {ENTRY}))
            FROM lesson WHERE lesson.course_id = course.id) AS lessons
    FROM course JOIN source ON source.id = course.source_id
    WHERE course.slug = :slug
""")  # noqa: S608 - the only part put in is a constant

COURSES = Prepared("read_courses", _COURSES)
COURSE = Prepared("read_course", _COURSE)

Place = tuple[int, ModuleNode | LessonEntry]


def summary_of(row: Any) -> CourseSummary:
    """A row of COURSES as the domain sees it."""
    return _summary(row, row.lessons, row.minutes, row.levels or (), row.ros_distros or ())


def tree_of(row: Any) -> CourseTree:
    """The row of COURSE as the domain sees it."""
    lessons = row.lessons or []
    inside: dict[str | None, list[Place]] = defaultdict(list)
    extra: list[Place] = []
    for position, module_id, in_navigation, _, *entry in lessons:
        place = (position, entry_of(entry, in_navigation))
        (inside[module_id] if in_navigation else extra).append(place)
    # The deepest come last, since positions count depth first: a module is built after all that is in it.
    for position, module_id, parent_id, title in sorted(row.modules or [], reverse=True):
        node = ModuleNode(title, _in_order(inside[module_id]))
        inside[parent_id].append((position, node))
    outside = tuple(one for one in _in_order(extra) if isinstance(one, LessonEntry))
    return CourseTree(_counted(row, lessons), row.location, row.revision, _in_order(inside[None]), outside)


def _counted(row: Any, lessons: Sequence[Sequence[Any]]) -> CourseSummary:
    minutes = [one[-1] for one in lessons if one[-1] is not None]
    levels = {one[-2] for one in lessons if one[-2] is not None}
    distros = {distro for one in lessons for distro in one[3]}
    return _summary(row, len(lessons), sum(minutes) if minutes else None, levels, distros)


def _summary(
    row: Any, lessons: int, minutes: int | None, levels: Iterable[str], ros_distros: Iterable[str]
) -> CourseSummary:
    return CourseSummary(
        id=row.id,
        slug=row.slug,
        title=row.title,
        description=row.description,
        language=row.language,
        layout=row.layout,
        lessons=lessons,
        minutes=minutes,
        updated_at=row.updated_at,
        levels=tuple(sorted(levels)),
        ros_distros=tuple(sorted(ros_distros)),
    )


def _in_order(places: list[Place]) -> tuple[ModuleNode | LessonEntry, ...]:
    return tuple(one for _, one in sorted(places, key=lambda place: place[0]))
