"""Peak memory of a process and those it starts, in MB; and how long processors worked for them."""

import os
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

EVERY_SECONDS = 0.2
_KB_IN_MB = 1024


class PeakMemory:
    """Watches a process tree from outside: the largest sum of proportional set sizes that was seen.

    A page shared by several processes counts once. Short peaks between two looks are missed; `own_peak`,
    which the kernel keeps for a single process, misses none.
    """

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            total = sum(_field(pid, "smaps_rollup", "Pss:") for pid in _tree(self._pid))
            self.megabytes = max(self.megabytes, total)


def own_peak(pid: int | None = None) -> float:
    """The largest resident set of one process since its program started.

    Not `ru_maxrss`: that begins with the peak of the process which started the program.
    """
    return _field(pid or os.getpid(), "status", "VmHWM:")


def cpu_seconds() -> float:
    """Processor time of this process and of those it started, ended or not."""
    used = os.times()
    own = used.user + used.system + used.children_user + used.children_system
    return own + sum(_running(pid) for pid in _tree(os.getpid())[1:])


def _running(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _tree(pid: int) -> list[int]:
    children: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += map(int, file.read_text().split())
        except OSError:
            continue
    return [pid, *(one for child in children for one in _tree(child))]


def _field(pid: int, file: str, name: str) -> float:
    try:
        text = Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(name)), 0) / _KB_IN_MB
