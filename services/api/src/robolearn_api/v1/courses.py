"""Courses and lessons."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import TypeAdapter

from robolearn_api.cursors import Cursor
from robolearn_api.dependencies import CatalogueDep
from robolearn_api.models.courses import CoursePage, CourseSummary, CourseTree
from robolearn_api.models.lessons import Lesson
from robolearn_api.openapi import UNCHANGED, problems
from robolearn_api.replies import cached
from robolearn_api.v1.parameters import CursorText, Slug, SlugText

router = APIRouter(prefix="/api/v1", tags=["catalogue"])

_SLUGS: Cursor[str] = Cursor(TypeAdapter(SlugText))


@router.get("/courses", response_model=CoursePage, responses={**UNCHANGED, **problems(422, 503)})
def list_courses(
    catalogue: CatalogueDep,
    cursor: Annotated[CursorText, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Response:
    """Courses by slug."""
    found = catalogue.courses(_SLUGS.decode(cursor), limit + 1)
    more = _SLUGS.encode(found[limit - 1].slug) if len(found) > limit else None
    items = [CourseSummary.model_validate(course) for course in found[:limit]]
    return cached(CoursePage(items=items, next_cursor=more))


@router.get("/courses/{slug}", response_model=CourseTree, responses={**UNCHANGED, **problems(404, 422, 503)})
def read_course(catalogue: CatalogueDep, slug: Slug) -> Response:
    """One course with its modules and lessons, in the author's order."""
    return cached(CourseTree.model_validate(catalogue.course(slug)))


@router.get("/lessons/{lesson_id}", response_model=Lesson, responses={**UNCHANGED, **problems(404, 422, 503)})
def read_lesson(
    catalogue: CatalogueDep, lesson_id: Annotated[UUID, Path(description="Stays the same when it moves.")]
) -> Response:
    """One lesson: Markdown, safe HTML, passages, and its neighbours."""
    return cached(Lesson.from_domain(catalogue.lesson(lesson_id)))
