"""The search form and what was found, as the templates show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from robolearn.domain.catalogue import CourseSummary
from robolearn.domain.search import PassageView, SearchFilters, SearchResult, Snippet
from robolearn_api.links import lesson_url
from robolearn_api.web.wording import by_difficulty, counted

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The form: what was asked, and the choices, each a (value, text), of the filters."""

    query: str
    filters: SearchFilters
    courses: Options
    levels: Options
    ros_distros: Options
    autofocus: bool = False

    @classmethod
    def of(
        cls,
        courses: Iterable[CourseSummary],
        query: str = "",
        filters: SearchFilters = SearchFilters(),  # noqa: B008  # frozen
        autofocus: bool = False,
    ) -> "SearchForm":
        """The form whose choices are what the courses name."""
        known = tuple(courses)
        levels = {level for course in known for level in course.levels}
        distros = {distro for course in known for distro in course.ros_distros}
        return cls(
            query,
            filters,
            tuple((course.slug, course.title) for course in known) if len(known) > 1 else (),
            tuple((level, level.capitalize()) for level in by_difficulty(levels)),
            tuple((distro, f"ROS {distro}") for distro in sorted(distros)),
            autofocus,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A hit. `where` leads to it, outermost first; `pieces` are (text, whether it is highlighted)."""

    title: str
    url: str
    where: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]
    path: str
    language: str
    level: str | None
    ros_distro: tuple[str, ...]
    in_navigation: bool

    @classmethod
    def of(cls, seen: PassageView) -> "Row":
        """The row of a passage. A heading that repeats the lesson's title is left out."""
        repeated = seen.heading_path[:1] == (seen.lesson_title,)
        headings = seen.heading_path[1:] if repeated else seen.heading_path
        lesson = (seen.lesson_title,) if headings else ()
        return cls(
            title=headings[-1] if headings else seen.lesson_title,
            url=lesson_url(seen.lesson_id, seen.anchor),
            where=(seen.course_title, *lesson, *headings[:-1]),
            pieces=tuple(pieces(seen.snippet)),
            path=_place(seen),
            language=seen.language,
            level=seen.level,
            ros_distro=seen.ros_distro,
            in_navigation=seen.in_navigation,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: `count` as a sentence, the rows, and why meaning was left out, if it was."""

    count: str
    hits: tuple[Row, ...]
    degraded: str | None

    @classmethod
    def of(cls, result: SearchResult) -> "Found":
        """The answer of a search."""
        rows = tuple(Row.of(hit.passage) for hit in result.hits)
        told = f"{counted(len(rows), 'passage')} for “{result.query}”, best first."
        return cls(told if rows else f"Nothing found for “{result.query}”.", rows, result.degraded)


def pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """The snippet cut at its highlights; empty pieces are left out."""
    done = 0
    for start, end in snippet.highlights:
        if start > done:
            yield snippet.text[done:start], False
        yield snippet.text[start:end], True
        done = end
    if done < len(snippet.text):
        yield snippet.text[done:], False


def _place(seen: PassageView) -> str:
    first, last = seen.line_start, seen.line_end
    return f"{seen.source_path}:{first}" if first == last else f"{seen.source_path}:{first}–{last}"
