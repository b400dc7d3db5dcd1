"""One run of ingest over one source: read, parse, compare, write, all in one transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from robolearn import __version__
from robolearn.domain.hashing import digest
from robolearn.domain.records import RunRecord, SourceRecord
from robolearn.observability import get_logger
from robolearn.storage.curriculum import CurriculumSession
from robolearn_ingest.documents import PARSER_VERSION
from robolearn_ingest.loading.comparing import compare
from robolearn_ingest.loading.report import LESSON_COUNTS, LoadReport
from robolearn_ingest.sources import SourceTree

Sessions = Callable[[], AbstractContextManager[CurriculumSession]]
Progress = Callable[[int, int], None]

log = get_logger(__name__)


def load_curriculum(
    sessions: Sessions, tree: SourceTree, *, dry_run: bool = False, progress: Progress = lambda *_: None
) -> LoadReport:
    """Make the database hold what the tree holds, all or nothing, and report what that took.

    Unchanged files are neither parsed nor written. Two runs at once take turns. `progress` gets
    (pages parsed, pages to parse). Raises SourceError where the tree has no page at all, and
    DatabaseUnavailable.
    """
    mark = tree_digest(tree)
    with sessions() as session:
        source = session.read.source(tree.location)
        if source and source.digest == mark and source.revision == tree.revision:
            return _unchanged(session, source, tree, dry_run)
    with sessions() as session:
        _lock(session)
        source = session.read.source(tree.location)
        if source and source.digest == mark:
            return _unchanged(session, source, tree, dry_run)
        report = _load(session, source, tree, mark, progress)
        if dry_run:
            session.forget()
            return replace(report, written=False, dry_run=True)
        return report


def tree_digest(tree: SourceTree) -> bytes:
    """What decides that nothing has changed (32 bytes): all files that are read, and this program."""
    files = (part for path, entry in sorted(tree.files.items()) for part in (path, entry.digest))
    return digest(__version__, str(PARSER_VERSION), repr(tree.problems), *files)


def _lock(session: CurriculumSession) -> None:
    if not session.try_lock():
        log.info("ingest.waiting", reason="another ingest is writing")
        session.lock()


def _load(
    session: CurriculumSession,
    source: SourceRecord | None,
    tree: SourceTree,
    mark: bytes,
    progress: Progress,
) -> LoadReport:
    started = datetime.now(UTC)
    run_id = uuid4()
    source_id = source.id if source else uuid4()
    comparison = compare(session.read, source_id, source, tree, progress)
    session.write.source(SourceRecord(source_id, tree.location, tree.revision, mark, run_id))
    session.write.changes(comparison.plan.changes)
    session.write.touch(comparison.plan.touched)
    counts = comparison.counts | {"passages": session.read.passage_count(source_id)}
    run = RunRecord(run_id, tree.revision, counts, comparison.problems, comparison.page_problems)
    session.write.run(source_id, run, started, datetime.now(UTC))
    log.info("ingest.loaded", location=tree.location, **counts)
    return LoadReport(
        tree.location,
        tree.revision,
        comparison.layouts,
        counts,
        run.all_problems,
        written=True,
        dry_run=False,
    )


def _unchanged(
    session: CurriculumSession, source: SourceRecord, tree: SourceTree, dry_run: bool
) -> LoadReport:
    if source.last_run_id is None:
        raise RuntimeError("a source with a digest has a run")
    if source.revision != tree.revision and not dry_run:
        session.write.source(replace(source, revision=tree.revision))
    run = session.read.run(source.last_run_id)
    lessons = sum(run.counts[name] for name in LESSON_COUNTS if name != "removed")
    counts = dict.fromkeys(run.counts, 0)
    counts |= {"courses": run.counts["courses"], "passages": run.counts["passages"], "unchanged": lessons}
    layouts = tuple(sorted({course.layout for course in session.read.courses(source.id)}))
    return LoadReport(
        tree.location, tree.revision, layouts, counts, run.all_problems, written=False, dry_run=dry_run
    )
