"""Beat's side: hints are sent on time, and a broker that is away is one line and a wait that is known."""

from typing import Any

from celery.beat import ScheduleEntry, Scheduler, SchedulingError

from robolearn.observability import get_logger
from robolearn_worker.heartbeat import Heartbeat

log = get_logger(__name__)

# How long one failure is a known wait; each hint that fails renews it.
_OUTAGE_SECONDS = 60.0


class HintScheduler(Scheduler):  # type: ignore[misc]  # Celery has no types
    """Celery's scheduler, whose hints are never lost for good: after an outage the next one does.

    `heartbeat` is set on a subclass by `scheduler_for`, since Celery makes the scheduler itself.
    """

    heartbeat: Heartbeat | None = None
    _away = False

    def apply_entry(self, entry: ScheduleEntry, producer: object = None) -> None:
        """Send one hint."""
        try:
            self.apply_async(entry, producer=producer, advance=False)
        except SchedulingError as error:
            self._not_sent(entry, error.__cause__ or error)
        else:
            self._sent(entry)

    def _sent(self, entry: ScheduleEntry) -> None:
        if self._away:
            log.info("beat.recovered")
        self._away = False
        log.debug("beat.hint_sent", task=entry.task)
        if self.heartbeat:
            self.heartbeat.hint()

    def _not_sent(self, entry: ScheduleEntry, cause: BaseException) -> None:
        reason = f"Redis does not answer: {cause}. Check REDIS_URL and that the server runs."
        tell = log.debug if self._away else log.warning
        tell("beat.waiting", task=entry.task, reason=reason)
        self._away = True
        if self.heartbeat:
            self.heartbeat.waiting(reason, _OUTAGE_SECONDS)

    def _ensure_connected(self) -> Any:
        """Connect when a hint is sent, where a failure is told once, instead of in a loop without end."""
        return self.connection


def scheduler_for(heartbeat: Heartbeat) -> type[HintScheduler]:
    """The scheduler of a process that has this heartbeat."""
    attributes: dict[str, Any] = {"heartbeat": heartbeat}
    return type("HeartbeatScheduler", (HintScheduler,), attributes)
