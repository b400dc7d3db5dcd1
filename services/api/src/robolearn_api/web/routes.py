"""The addresses that people visit."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from pydantic import StringConstraints

from robolearn.domain.search import SearchFilters
from robolearn_api.dependencies import AdaptersDep, CatalogueDep, SearcherDep
from robolearn_api.links import lesson_url
from robolearn_api.search.question import Question
from robolearn_api.v1.parameters import LONGEST_QUERY, NO_NUL, Slug
from robolearn_api.web.assets import Assets, asset_router
from robolearn_api.web.course_page import course_values
from robolearn_api.web.error_pages import ErrorPages
from robolearn_api.web.lesson_page import lesson_values
from robolearn_api.web.progress import Progress
from robolearn_api.web.rendering import Pages
from robolearn_api.web.search_page import Found, SearchForm

COURSES = 200
ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /search\n"

Plain = StringConstraints(max_length=200, pattern=NO_NUL)
Choices = Annotated[list[Annotated[str, Plain]], Query(max_length=20, default_factory=list)]
QueryText = Annotated[str, StringConstraints(max_length=LONGEST_QUERY, pattern=NO_NUL), Query()]
After = Annotated[str | None, Query(max_length=200, pattern=NO_NUL)]
FilePath = Annotated[str, Path(max_length=1000, pattern=NO_NUL)]

router = APIRouter(include_in_schema=False)


async def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


async def _filters(course: Choices, level: Choices, ros_distro: Choices) -> SearchFilters:
    """A form sends `level=` for "any level": empty values say nothing."""
    given = [tuple(filter(None, values)) for values in (course, level, ros_distro)]
    return SearchFilters(course=given[0], level=given[1], ros_distro=given[2])


PagesDep = Annotated[Pages, Depends(_pages)]
FiltersDep = Annotated[SearchFilters, Depends(_filters)]


@router.get("/")
def home(pages: PagesDep, adapters: AdaptersDep, after: After = None) -> Response:
    """The search field and the courses."""
    courses = adapters.catalogue.courses(after, COURSES + 1)
    shown, rest = courses[:COURSES], courses[COURSES:]
    return pages.respond(
        "home.html",
        form=SearchForm.of(shown, autofocus=True),
        courses=shown,
        after=shown[-1].slug if rest else None,
        progress=Progress.of(adapters.ledger.counts(adapters.embedder.profile)),
    )


@router.get("/search")
def search(
    pages: PagesDep,
    catalogue: CatalogueDep,
    searcher: SearcherDep,
    filters: FiltersDep,
    q: QueryText = "",
) -> Response:
    """Results without a script; with one, the same page searches as you type."""
    text = q.strip()
    result = searcher.search(Question(text, filters=filters)) if text else None
    return pages.respond(
        "search.html",
        form=SearchForm.of(catalogue.courses(limit=COURSES), text, filters, autofocus=not text),
        found=Found.of(result) if result else None,
    )


@router.get("/courses/{slug}")
def course(pages: PagesDep, catalogue: CatalogueDep, slug: Slug) -> Response:
    """A course with its tree."""
    return pages.respond("course.html", **course_values(catalogue.course(slug)))


@router.get("/courses/{slug}/source/{path:path}")
def source(catalogue: CatalogueDep, slug: Slug, path: FilePath) -> Response:
    """From a file of the course to the lesson it became; browsers keep the fragment."""
    return RedirectResponse(lesson_url(catalogue.lesson_at(slug, path)), 307)


@router.get("/lessons/{lesson_id}")
def lesson(pages: PagesDep, catalogue: CatalogueDep, lesson_id: UUID) -> Response:
    """A lesson."""
    view = catalogue.lesson(lesson_id)
    return pages.respond("lesson.html", **lesson_values(view, catalogue.course(view.course)))


@router.get("/robots.txt")
async def robots() -> Response:
    """Crawlers may read courses and lessons, but not try every question."""
    return PlainTextResponse(ROBOTS)


def mount_pages(app: FastAPI) -> None:
    """Add the pages, their files and the error pages. Call it after all other middleware is added."""
    assets = Assets.read()
    app.state.pages = pages = Pages.create(assets)
    app.add_middleware(ErrorPages, pages=pages)
    app.include_router(asset_router(assets))
    app.include_router(router)
    app.add_api_route(
        "/favicon.ico", lambda: RedirectResponse(assets.url("mark.svg")), include_in_schema=False
    )
