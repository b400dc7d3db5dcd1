"""Runs again and again, and whatever goes wrong in one is told and waited out."""

import logging
import time
from collections.abc import Callable, Iterable

from robolearn.domain.errors import RobolearnError, SourceError
from robolearn.domain.problems import Problem, Severity
from robolearn.observability import get_logger
from robolearn_ingest.loading import LoadReport
from robolearn_ingest.watching.changes import TICK, place_of
from robolearn_ingest.watching.ending import Ending

log = get_logger(__name__)

# How long after a failure to try again although nothing has changed: the database may be back.
_RETRY_SECONDS = 2.0

Ingest = Callable[[], LoadReport]


def watch_source(source: str, ingest: Ingest, ending: Ending, *, poll: bool = False) -> None:
    """Run `ingest` now, and again at each change of the source, until told to end.

    Raises SourceError for a source that cannot be watched, and for one that is not there at the start.
    """
    place = place_of(source)
    if not place.folder.is_dir():
        raise SourceError(f"{source} does not exist.", "Give the folder of the courses.")
    logging.getLogger("watchfiles").setLevel(logging.WARNING)  # each run says by itself what it loaded
    runs = _Runs(ingest)
    log.info("watch.started", source=source, polling=poll)
    while not ending.is_set():
        # Due at the first tick, once the watcher is in place: no change before it is lost.
        runs.expect()
        for changed in place.changes(ending, poll=poll):
            runs.step(changed=changed)
        if not ending.is_set():
            runs.step(changed=True)  # tells that the folder is gone, or loads what took its place
            time.sleep(TICK / 1000)


class _Runs:
    """The runs of one watch: due when expected, after a change, and a while after one that failed."""

    def __init__(self, ingest: Ingest) -> None:
        self._ingest = ingest
        self._due_at: float | None = None
        self._told: set[Problem] = set()
        self._failure = ""

    def expect(self) -> None:
        self._due_at = 0.0

    def step(self, *, changed: bool) -> None:
        if not changed and (self._due_at is None or time.monotonic() < self._due_at):
            return
        self._due_at = None
        try:
            self._done(self._ingest())
        except RobolearnError as error:
            self._failed(str(error))

    def _done(self, report: LoadReport) -> None:
        if self._failure:
            log.info("watch.recovered")
        self._failure = ""
        _tell(problem for problem in report.problems if problem not in self._told)
        self._told = set(report.problems)

    def _failed(self, reason: str) -> None:
        """Once for each reason: a database that is away for an hour is one line."""
        self._due_at = time.monotonic() + _RETRY_SECONDS
        if reason != self._failure:
            log.warning("watch.waiting", reason=reason)
        self._failure = reason


def _tell(problems: Iterable[Problem]) -> None:
    for one in problems:
        tell = log.error if one.severity is Severity.ERROR else log.warning
        tell("page.problem", path=one.path, line=one.line, reason=one.reason, advice=one.advice)
