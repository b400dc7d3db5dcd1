"""What names of files and folders tell: their order, their titles, and whether they are lessons at all."""

import re
from posixpath import basename, dirname, splitext

_NUMBER = re.compile(r"(\d+)")
_PREFIX = re.compile(r"\d+(?:[._-]\d+)*\s*[._\-\s)]+\s*(?=\D)")
_SPACES = re.compile(r"[-_\s]+")
_FRONT = frozenset({"readme", "index"})

# Files about a project rather than lessons. The second set is only that in capitals.
_ABOUT_PROJECT = frozenset(
    [
        "license",
        "licence",
        "copying",
        "code_of_conduct",
        "code-of-conduct",
        "contributing",
        "contributors",
        "changelog",
        "citation",
        "maintainers",
        "governance",
        "codeowners",
        "pull_request_template",
        "issue_template",
        "copilot-instructions",
    ]
)
_ABOUT_PROJECT_IN_CAPITALS = frozenset(
    [
        "security",
        "support",
        "notice",
        "authors",
        "history",
        "releases",
        "release_notes",
        "changes",
        "agents",
        "claude",
        "gemini",
        "todo",
    ]
)


def natural_key(text: str) -> list[str | int]:
    """A sort key that puts 2 before 10 and ignores case."""
    parts = _NUMBER.split(text.casefold())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def stem_of(path: str) -> str:
    """The file's name without its ending."""
    return splitext(basename(path))[0]


def is_front_page(path: str) -> bool:
    """Whether it is the README or index page of its folder."""
    return stem_of(path).lower() in _FRONT


def is_about_project(path: str) -> bool:
    """Whether a page is about the project (its licence, how to contribute) and no lesson."""
    stem = stem_of(path)
    if stem.lower() in _ABOUT_PROJECT:
        return True
    return stem.isupper() and stem.lower() in _ABOUT_PROJECT_IN_CAPITALS


def title_of_name(name: str) -> str:
    """A title made of a file's or folder's name: `02-wheel_odometry` is "Wheel odometry"."""
    words = _SPACES.sub(" ", _PREFIX.sub("", name, count=1) if _PREFIX.match(name) else name).strip()
    return words[:1].upper() + words[1:] if words else name


def title_of_file(path: str) -> str:
    """A title for a page that has none of its own; a README is called after its folder."""
    if is_front_page(path) and dirname(path):
        return title_of_name(basename(dirname(path)))
    return title_of_name(stem_of(path))
