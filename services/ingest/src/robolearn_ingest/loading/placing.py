"""Where each page stands: outlines flattened, each page once, at the first place its author gave it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from robolearn.domain.outline import CourseOutline, OutlineNode, OutlinePage
from robolearn.domain.records import ModuleRecord


@dataclass(frozen=True, slots=True)
class PlacedModule:
    """A section of the outline. `path` holds the titles from the outermost to its own.

    `occurrence` tells apart modules of the same path.
    """

    path: tuple[str, ...]
    occurrence: int
    parent: "PlacedModule | None"
    position: int

    def id(self, course_id: UUID) -> UUID:
        """The same module of the same course always has the same id."""
        return uuid5(course_id, "\x1f".join((*self.path, str(self.occurrence))))

    def record(self, course_id: UUID) -> ModuleRecord:
        """The module as a row."""
        parent = self.parent.id(course_id) if self.parent else None
        return ModuleRecord(self.id(course_id), course_id, parent, self.position, self.path[-1])


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page and its place."""

    course_key: str
    page: OutlinePage
    module: PlacedModule | None
    position: int
    in_navigation: bool

    @property
    def key(self) -> tuple[str, str]:
        """The page's identity in its source."""
        return self.course_key, self.page.key

    @property
    def module_path(self) -> tuple[str, ...]:
        """Titles of the modules around it, outermost first."""
        return self.module.path if self.module else ()


@dataclass(slots=True)
class PlacedCourse:
    """A course's modules and pages; positions count both together, depth first."""

    outline: CourseOutline
    modules: list[PlacedModule] = field(default_factory=list)
    pages: list[PlacedPage] = field(default_factory=list)


def place(outline: CourseOutline, outside: Iterable[OutlinePage]) -> PlacedCourse:
    """Flatten an outline; pages outside the navigation come last."""
    placing = _Placing(PlacedCourse(outline))
    placing.nodes(outline.nodes, None)
    for page in outside:
        placing.page(page, None, in_navigation=False)
    kept = {id(module) for page in placing.course.pages for module in _chain(page.module)}
    placing.course.modules = [module for module in placing.course.modules if id(module) in kept]
    return placing.course


def _chain(module: PlacedModule | None) -> Iterable[PlacedModule]:
    while module:
        yield module
        module = module.parent


class _Placing:
    """The walk over one outline."""

    def __init__(self, course: PlacedCourse) -> None:
        self.course = course
        self._seen: set[str] = set()
        self._paths: Counter[tuple[str, ...]] = Counter()
        self._position = 0

    def nodes(self, nodes: Iterable[OutlineNode], parent: PlacedModule | None) -> None:
        for node in nodes:
            if isinstance(node, OutlinePage):
                self.page(node, parent, in_navigation=True)
            else:
                self.nodes(node.children, self._module(node.title, parent))

    def page(self, page: OutlinePage, module: PlacedModule | None, *, in_navigation: bool) -> None:
        if page.key in self._seen:
            return
        self._seen.add(page.key)
        placed = PlacedPage(self.course.outline.key, page, module, self._next(), in_navigation)
        self.course.pages.append(placed)

    def _module(self, title: str, parent: PlacedModule | None) -> PlacedModule:
        path = (*(parent.path if parent else ()), title)
        self._paths[path] += 1
        module = PlacedModule(path, self._paths[path], parent, self._next())
        self.course.modules.append(module)
        return module

    def _next(self) -> int:
        self._position += 1
        return self._position
