"""A heartbeat of progress, not of mere life: a process that runs but gets nowhere has none.

The worker writes down when it last got anywhere, beat when it last sent a hint; a probe reads it.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from robolearn.observability import get_logger

log = get_logger(__name__)

# Beat is late after so many hints that did not come, and not before so many seconds.
_HINTS_MISSED = 5
_LATE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Beat:
    """What is known of the last progress. Times are seconds since 1970."""

    pid: int = 0
    started_at: float = 0.0
    sweep_at: float | None = None
    batch_at: float | None = None
    waiting_until: float | None = None
    waiting_for: str = ""
    pending: int = 0
    hint_at: float | None = None
    hints_every: float | None = None

    @property
    def progress_at(self) -> float:
        """When a sweep or a batch ended last or a hint was sent, or else the start."""
        return max(self.sweep_at or 0.0, self.batch_at or 0.0, self.hint_at or 0.0, self.started_at)


@dataclass(frozen=True, slots=True)
class Health:
    """A verdict and its reason."""

    healthy: bool
    reason: str


class Heartbeat:
    """Writes the beat to a file, whole or not at all. Safe to use from several threads.

    `hints_every` (seconds) is beat's, which sends hints and embeds nothing.
    """

    def __init__(
        self,
        file: Path | None,
        clock: Callable[[], float] = time.time,
        *,
        hints_every: float | None = None,
    ) -> None:
        self._file = file
        self._clock = clock
        self._lock = Lock()
        self.beat = Beat(pid=os.getpid(), started_at=clock(), hints_every=hints_every)

    def start(self) -> None:
        """Write the first beat, so that a probe sees this process and not the one before."""
        self._write()

    def batch(self) -> None:
        """A batch is done."""
        self._write(batch_at=self._clock(), waiting_until=None, waiting_for="")

    def sweep(self, pending: int) -> None:
        """A sweep has done all it could; `pending` is what is left to others."""
        self._write(sweep_at=self._clock(), pending=pending, waiting_until=None, waiting_for="")

    def hint(self) -> None:
        """A hint was sent."""
        self._write(hint_at=self._clock(), waiting_until=None, waiting_for="")

    def end(self) -> None:
        """Leave no beat behind: nobody is to send hints here any more."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def waiting(self, reason: str, seconds: float) -> None:
        """Something outside asks for patience, or is away."""
        self._write(waiting_until=self._clock() + seconds, waiting_for=reason)

    def _write(self, **changes: object) -> None:
        with self._lock:
            self.beat = replace(self.beat, **changes)  # type: ignore[arg-type]
            try:
                self._replace(json.dumps(asdict(self.beat)))
            except OSError as error:  # a full disk must not stop the work; the probe will tell
                log.warning("heartbeat.not_written", reason=str(error))

    def _replace(self, text: str) -> None:
        if self._file is None:
            return
        with NamedTemporaryFile("w", dir=self._file.parent, prefix=self._file.name, delete=False) as whole:
            whole.write(text)
        Path(whole.name).replace(self._file)


def read(file: Path) -> Beat | None:
    """The last beat; None if there is none that can be read."""
    try:
        return Beat(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def beats_file(file: Path) -> Path:
    """Where beat writes: beside the worker's file, for one machine may run both."""
    return file.with_name(f"{file.stem}.beat{file.suffix}")


def check(file: Path, stuck_after_seconds: float, now: float | None = None) -> Health:
    """Healthy: progress lately, or a wait for something that is known and not yet over.

    Judges the worker, beat, or both where both write.
    """
    now = time.time() if now is None else now
    beats = [beat for beat in (read(file), read(beats_file(file))) if beat is not None]
    if not beats:
        reason = f"No heartbeat in {file}: neither worker nor beat has started, or they write elsewhere."
        return Health(False, reason)
    verdicts = [_judged(beat, stuck_after_seconds, now) for beat in beats]
    return Health(all(one.healthy for one in verdicts), " ".join(one.reason for one in verdicts))


def _judged(beat: Beat, stuck_after_seconds: float, now: float) -> Health:
    if beat.hints_every is not None:
        stuck_after_seconds = max(beat.hints_every * _HINTS_MISSED, _LATE_SECONDS)
    if beat.waiting_until is not None and now < beat.waiting_until + stuck_after_seconds:
        return Health(True, f"Waiting: {beat.waiting_for}")
    age = now - beat.progress_at
    healthy = age <= stuck_after_seconds
    if beat.hints_every is not None:
        return _of_beat(healthy, age)
    return _of_worker(healthy, age, beat.pending)


def _of_beat(healthy: bool, age: float) -> Health:
    if healthy:
        return Health(True, f"Last hint {age:.0f} s ago.")
    return Health(False, f"Beat has sent no hint for {age:.0f} s. Look into its log, or start it again.")


def _of_worker(healthy: bool, age: float, pending: int) -> Health:
    if healthy:
        return Health(True, f"Last progress {age:.0f} s ago, {pending} passages pending.")
    return Health(
        False,
        f"No sweep or batch has ended for {age:.0f} s, {pending} passages pending. "
        "Look into the worker's log, and check that beat runs.",
    )
