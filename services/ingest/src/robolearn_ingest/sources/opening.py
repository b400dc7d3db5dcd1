"""Opens a source: a folder, a single Markdown file, or a git address."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from robolearn.domain.errors import SourceError
from robolearn.domain.problems import Problem, Severity
from robolearn.observability import get_logger
from robolearn_ingest.sources.cloning import clone
from robolearn_ingest.sources.git_address import GitAddress, parse_address
from robolearn_ingest.sources.interest import UNREAD_FORMATS, is_page
from robolearn_ingest.sources.revision import commit_of
from robolearn_ingest.sources.settings import SourceSettings
from robolearn_ingest.sources.tree import SourceTree
from robolearn_ingest.sources.walking import Walk

log = get_logger(__name__)


@contextmanager
def open_source(location: str, revision: str | None, settings: SourceSettings) -> Iterator[SourceTree]:
    """The files of a folder, of one Markdown file, or of a revision of a git repository.

    All is in memory when the tree is given; a clone is removed before that. Raises SourceError when the place
    cannot be read at all or is over a limit, Unavailable when it takes git and there is none.
    """
    address = parse_address(location)
    tree = _cloned(address, revision, settings) if address else _local(location, revision, settings)
    log.info("source.read", location=tree.location, revision=tree.revision, files=len(tree.files))
    yield tree


def _cloned(address: GitAddress, revision: str | None, settings: SourceSettings) -> SourceTree:
    with tempfile.TemporaryDirectory(prefix="robolearn-", ignore_cleanup_errors=True) as private:
        folder = Path(private).resolve()
        commit = clone(address, revision, settings, folder)
        walk = Walk(folder, settings)
        walk.run()
    return _tree(address.location, commit, walk)


def _local(location: str, revision: str | None, settings: SourceSettings) -> SourceTree:
    path = _existing(location)
    if revision:
        raise SourceError(
            f"{location} is a folder, which has no revision to choose.",
            "Check the revision out first, or give the repository's git address.",
        )
    if path.is_dir():
        walk = Walk(path, settings)
        walk.run()
        return _tree(str(path), commit_of(path), walk)
    return _single(path, settings)


def _single(path: Path, settings: SourceSettings) -> SourceTree:
    if not path.is_file() or not is_page(path.name):
        raise SourceError(f"{path} is neither a folder nor a Markdown file.", "Give the course's folder.")
    walk = Walk(path.parent, settings)
    walk.run_single(path.name)
    return _tree(str(path), commit_of(path.parent), walk)


def _existing(location: str) -> Path:
    if not location.strip():  # it would mean the folder we happen to stand in
        raise SourceError("The source has no name.", "Give a folder or a git address; `.` is this folder.")
    try:
        return Path(location).expanduser().resolve(strict=True)
    except FileNotFoundError:
        reason = f"{location} does not exist."
    except (OSError, RuntimeError, ValueError) as error:
        reason = f"{location!r} cannot be read: {getattr(error, 'strerror', None) or error}."
    raise SourceError(reason, "Give an existing folder, or a git address (https://… or ssh://…).")


def _tree(location: str, revision: str | None, walk: Walk) -> SourceTree:
    problems = (*walk.problems, *(_unread(ending, count) for ending, count in sorted(walk.unread.items())))
    return SourceTree(location, revision, walk.files, problems, walk.content)


def _unread(ending: str, count: int) -> Problem:
    files = "1 file is" if count == 1 else f"{count:,} files are"
    reason = f"{files} {UNREAD_FORMATS[ending]}, a format that is not read yet"
    return Problem(
        f"*{ending}", None, Severity.WARNING, reason, "Convert them to Markdown to have them loaded."
    )
