"""Which layout a folder follows, and whether it is a collection of folders that each follow their own."""

import re
from dataclasses import dataclass

from robolearn_ingest.layouts.folder import Folder
from robolearn_ingest.layouts.guarding import Guard
from robolearn_ingest.layouts.layout import Layout, LayoutResult
from robolearn_ingest.layouts.names import is_about_project, is_front_page
from robolearn_ingest.layouts.registry import BY_README, FALLBACKS, SITES

SEARCH_DEPTH = 3
_NOT_COURSES = frozenset({"test", "tests", "fixtures", "templates", "template", "node_modules"})
_CHAPTER = re.compile(
    r"\d+(\D|\Z)|(week|module|unit|chapter|lesson|part|day|lecture|session|section|lab)[-_ ]?\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A folder that is a course, or several, and what its layout read there."""

    folder: Folder
    result: LayoutResult


def find_courses(root: Folder, guard: Guard) -> list[Found]:
    """The folders that are courses: the root alone, or the folders of a collection."""
    if found := _first(SITES, root, guard):
        return [found]
    sites = _sites_below(root, SEARCH_DEPTH, guard)
    if sites:
        return _collected(root, sites, guard)
    return (
        _as_one(BY_README, root, guard) or _readme_collection(root, guard) or _as_one(FALLBACKS, root, guard)
    )


def _as_one(layouts: tuple[Layout, ...], folder: Folder, guard: Guard) -> list[Found]:
    found = _first(layouts, folder, guard)
    return [found] if found else []


def _first(layouts: tuple[Layout, ...], folder: Folder, guard: Guard) -> Found | None:
    for layout in layouts:
        result = guard.outline(layout, folder)
        if result is not None:
            return Found(folder, result)
    return None


def _sites_below(folder: Folder, depth: int, guard: Guard) -> list[Found]:
    found: list[Found] = []
    for child in folder.folders:
        if child.name.lower() in _NOT_COURSES:
            continue
        site = _first(SITES, child, guard)
        if site:
            found.append(site)
        elif depth > 1:
            found += _sites_below(child, depth - 1, guard)
    return found


def _collected(root: Folder, sites: list[Found], guard: Guard) -> list[Found]:
    """The sites, and the folders beside them that are courses by their README."""
    found = [*sites]
    for child in root.folders:
        inside = f"{child.path}/"
        if any(f"{site.folder.path}/".startswith(inside) for site in sites):
            continue
        found += _as_one(BY_README, child, guard)
    if len(found) > 1:
        taken = {one.folder.path for one in found}
        others = [child for child in root.folders if _is_apart(child, taken) and _lessons(child)]
        found += [one for child in others for one in _as_one(FALLBACKS, child, guard)]
    return sorted(found, key=lambda one: one.folder.path)


def _is_apart(folder: Folder, taken: set[str]) -> bool:
    return not any(f"{path}/".startswith(f"{folder.path}/") for path in taken)


def _lessons(folder: Folder) -> list[str]:
    return [path for path in folder.pages if not is_about_project(path) and not is_front_page(path)]


def _readme_collection(root: Folder, guard: Guard) -> list[Found]:
    """Folders that each have a table of contents of their own, where nothing says that they are chapters."""
    children = [child for child in root.folders if child.pages]
    if any(not is_about_project(path) and not is_front_page(path) for path in root.own_pages):
        return []
    if len(children) > 1 and any(_CHAPTER.match(child.name) for child in children):
        return []
    found = [one for child in children for one in _as_one(BY_README, child, guard)]
    return found if len(found) == len(children) else []
