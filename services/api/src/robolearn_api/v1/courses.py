"""Courses and lessons."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import TypeAdapter

from robolearn.ports.reading import Catalogue
from robolearn_api.cursors import Cursor
from robolearn_api.dependencies import ShelfDep
from robolearn_api.models.courses import CoursePage, CourseSummary, CourseTree
from robolearn_api.models.lessons import Lesson
from robolearn_api.openapi import UNCHANGED, problems
from robolearn_api.v1.parameters import CursorText, Slug, SlugText

router = APIRouter(prefix="/api/v1", tags=["catalogue"])

_SLUGS: Cursor[str] = Cursor(TypeAdapter(SlugText))


@router.get("/courses", response_model=CoursePage, responses={**UNCHANGED, **problems(422, 503)})
async def list_courses(
    shelf: ShelfDep,
    cursor: Annotated[CursorText, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Response:
    """Courses by slug."""
    after = _SLUGS.decode(cursor)
    return await shelf.answer(("courses", after, limit), lambda catalogue: _page(catalogue, after, limit))


@router.get("/courses/{slug}", response_model=CourseTree, responses={**UNCHANGED, **problems(404, 422, 503)})
async def read_course(shelf: ShelfDep, slug: Slug) -> Response:
    """One course with its modules and lessons, in the author's order."""
    return await shelf.answer(
        ("course", slug), lambda catalogue: CourseTree.model_validate(catalogue.course(slug))
    )


@router.get("/lessons/{lesson_id}", response_model=Lesson, responses={**UNCHANGED, **problems(404, 422, 503)})
async def read_lesson(
    shelf: ShelfDep, lesson_id: Annotated[UUID, Path(description="Stays the same when the lesson moves.")]
) -> Response:
    """One lesson: Markdown, safe HTML, passages, and its neighbours."""
    return await shelf.answer(
        ("lesson", lesson_id), lambda catalogue: Lesson.from_domain(catalogue.lesson(lesson_id))
    )


def _page(catalogue: Catalogue, after: str | None, limit: int) -> CoursePage:
    found = catalogue.courses(after, limit + 1)
    more = _SLUGS.encode(found[limit - 1].slug) if len(found) > limit else None
    items = [CourseSummary.model_validate(course) for course in found[:limit]]
    return CoursePage(items=items, next_cursor=more)
