"""Which changes on disk are worth a run, and how they are noticed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from watchfiles import Change, watch

from robolearn.domain.errors import SourceError
from robolearn_ingest.sources.git_address import parse_address
from robolearn_ingest.sources.interest import UNREAD_FORMATS, ending_of, is_skipped_folder, is_wanted
from robolearn_ingest.watching.ending import Ending

# Editors write a file in several steps: changes this close together (milliseconds) are one.
_DEBOUNCE = 200
_STEP = 40
_POLL = 250
# How often nothing is told as well: for retries, and for a folder that was put in another's place.
TICK = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to watch, or one file in it. `name` is that file's; None is the whole folder."""

    folder: Path
    name: str | None = None

    def changes(self, ending: Ending, *, poll: bool) -> Iterator[bool]:
        """Whether something of interest changed, at once or at the next tick.

        Ends when told to, and where the folder is gone or is another one by now: what watched the old one
        sees no more.
        """
        try:
            known = _identity(self.folder)
            for found in watch(
                self.folder,
                watch_filter=partial(is_of_interest, self),
                debounce=_DEBOUNCE,
                step=_STEP,
                stop_event=ending,
                rust_timeout=TICK,
                yield_on_timeout=True,
                recursive=self.name is None,
                force_polling=True if poll else None,
                poll_delay_ms=_POLL,
                ignore_permission_denied=True,
            ):
                yield bool(found)
                if _identity(self.folder) != known:
                    return
        except FileNotFoundError:
            return


def place_of(source: str) -> Place:
    """What to watch for a source. Raises SourceError for a git address, which nothing tells of changes."""
    if parse_address(source):
        raise SourceError(
            "A git address cannot be watched.", "Give a folder, or run `ingest` whenever there is news."
        )
    path = Path(source).expanduser().absolute()
    return Place(path.parent, path.name) if path.is_file() else Place(path)


def _identity(folder: Path) -> tuple[int, int]:
    found = folder.stat()
    return found.st_dev, found.st_ino


def is_of_interest(place: Place, change: Change, path: str) -> bool:
    """A file that is read, or a folder: one that is moved tells nothing of what is in it."""
    inside = os.path.relpath(path, place.folder)
    if place.name is not None:
        return inside == place.name
    *folders, name = Path(inside).parts or ("",)
    if any(is_skipped_folder(one) for one in folders):
        return False
    if is_wanted(inside) or ending_of(name) in UNREAD_FORMATS:
        return True
    return not name.startswith(".") and (change is Change.deleted or Path(path).is_dir())
