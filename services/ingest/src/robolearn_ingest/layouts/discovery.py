"""From a tree of files to courses in their authors' order."""

from collections.abc import Iterable
from dataclasses import replace

from robolearn.domain.outline import CourseOutline, OutlinePage
from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.documents import headings_of
from robolearn_ingest.layouts.finding import Found, find_courses
from robolearn_ingest.layouts.folder import Folder, Listing
from robolearn_ingest.layouts.guarding import Guard
from robolearn_ingest.layouts.languages import language_of_pages
from robolearn_ingest.layouts.layout import Outlined
from robolearn_ingest.layouts.names import is_about_project, is_front_page, natural_key, title_of_name
from robolearn_ingest.layouts.pruning import paths_in, pruned, with_shown_titles
from robolearn_ingest.sources.tree import SourceTree


def discover(tree: SourceTree) -> Outlined:
    """The courses of a source, each page in one place of one of them, and what was wrong.

    Pages that are in no navigation belong to the course in whose scope they lie. A tree without a page has
    no course.
    """
    root = Folder(tree, Listing(tree))
    guard = Guard()
    found = find_courses(root, guard)
    seen: set[str] = set()
    courses: list[CourseOutline] = []
    for one in found:
        for course in one.result.courses:
            shown = replace(course, nodes=with_shown_titles(pruned(course.nodes, seen)))
            courses.append(_named(shown, one, len(found)))
    hidden = frozenset().union(*(one.result.hidden for one in found))
    outside = _outside(root, courses, hidden)
    courses = [course for course in courses if course.nodes or outside.get(course.key)]
    problems = [problem for one in found for problem in one.result.problems]
    return Outlined(
        tuple(courses), outside, (*guard.problems, *problems, *_left_behind(root, courses, hidden))
    )


def _named(course: CourseOutline, found: Found, count: int) -> CourseOutline:
    """The course with its title and language, and with the folder in its key if it is not the root's."""
    key = "/".join(part for part in (found.folder.path, course.key) if part)
    language = course.language or language_of_pages(found.folder, paths_in(course.nodes))
    return replace(course, key=key, title=course.title or _title(found.folder, count), language=language)


def _title(folder: Folder, count: int) -> str:
    """What the folder's README says; the source's where the folder is its only course; else its name."""
    places = [folder, folder.at("")] if count == 1 else [folder]
    for place in places:
        front = place.front_page
        headings = headings_of(place.text(front)) if front else ()
        for heading in headings:
            if heading.level == 1 and heading.text:
                return heading.text
    return title_of_name(folder.name if count > 1 else places[-1].name.removesuffix(".md"))


def _outside(
    root: Folder, courses: Iterable[CourseOutline], hidden: frozenset[str]
) -> dict[str, tuple[OutlinePage, ...]]:
    listed = {path for course in courses for path in paths_in(course.nodes)} | hidden
    scopes = sorted(courses, key=lambda course: -len(course.scope))
    outside: dict[str, list[OutlinePage]] = {}
    for path in sorted(root.pages, key=natural_key):
        if path in listed or is_about_project(path):
            continue
        owner = next((course.key for course in scopes if _is_in(path, course.scope)), None)
        if owner is not None:
            outside.setdefault(owner, []).append(OutlinePage(path))
    return {key: tuple(pages) for key, pages in outside.items()}


def _is_in(path: str, scope: str) -> bool:
    return not scope or path.startswith(f"{scope}/")


def _left_behind(root: Folder, courses: list[CourseOutline], hidden: frozenset[str]) -> list[Problem]:
    """One row for the pages that lie beside the courses and belong to none."""
    listed = {path for course in courses for path in paths_in(course.nodes)} | hidden
    beside = [
        path
        for path in root.pages
        if path not in listed
        and not is_about_project(path)
        and not is_front_page(path)
        and not any(_is_in(path, course.scope) for course in courses)
    ]
    if not beside or not courses:
        return []
    what = "1 page lies" if len(beside) == 1 else f"{len(beside)} pages lie"
    reason = f"{what} outside the folders of the courses, not loaded"
    advice = "Move them into a course's folder, or load their folder as a source of its own."
    return [Problem(beside[0], None, Severity.WARNING, reason, advice)]
