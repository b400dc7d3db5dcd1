"""Reads a folder once: names, bytes and hashes, without ever leaving it.

Folders are opened relative to their parent's descriptor and nothing is opened through a link, so a link that
is put in place while we read cannot lead us out either.
"""

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from robolearn.domain.errors import SourceError
from robolearn.domain.problems import Problem, Severity
from robolearn_ingest.sources.interest import (
    UNREAD_FORMATS,
    ending_of,
    is_output,
    is_skipped_folder,
    is_wanted,
)
from robolearn_ingest.sources.settings import SourceSettings
from robolearn_ingest.sources.tree import FileEntry

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class _Refused(Exception):  # a reason to report, not an error of ours
    """Why one file was not read, and what to do."""


@dataclass
class Walk:
    """What one walk found."""

    root: Path
    settings: SourceSettings
    files: dict[str, FileEntry] = field(default_factory=dict)
    content: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    total: int = 0
    entries: int = 0

    def run(self) -> None:
        """Read the whole folder. Raises SourceError over a limit or where the root cannot be read."""
        try:
            descriptor = os.open(self.root, _FOLDER)
        except OSError as error:
            raise SourceError(
                f"The folder {self.root} cannot be read: {error.strerror}.", "Check its permissions."
            ) from None
        try:
            self._folder(descriptor, "", "", 1)
        finally:
            os.close(descriptor)

    def run_single(self, name: str) -> None:
        """Read one file of the root, and nothing beside it. Raises SourceError as `run` does."""
        descriptor = os.open(self.root, _FOLDER)
        try:
            self._file(name, descriptor, name)
        finally:
            os.close(descriptor)

    def _folder(self, descriptor: int, name: str, prefix: str, depth: int) -> None:
        with os.scandir(descriptor) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        self._count(len(entries))
        if prefix and is_output(name, frozenset(entry.name for entry in entries)):
            return
        for entry in entries:
            self._entry(entry, descriptor, f"{prefix}{entry.name}", depth)

    def _entry(self, entry: os.DirEntry[str], descriptor: int, path: str, depth: int) -> None:
        if entry.is_symlink():
            self._link(entry, path)
        elif entry.is_dir(follow_symlinks=False):
            if not is_skipped_folder(entry.name):
                self._descend(entry.name, descriptor, path, depth)
        elif is_wanted(path):
            self._file(entry.name, descriptor, path)
        elif (ending := ending_of(entry.name)) in UNREAD_FORMATS:
            self.unread[ending] += 1

    def _descend(self, name: str, parent: int, path: str, depth: int) -> None:
        if depth >= self.settings.max_depth:
            reason = f"the folder is nested deeper than {self.settings.max_depth} levels, and was not read"
            return self._report(path, reason, "Move it up, or raise SOURCE_MAX_DEPTH.")
        if not _storable(name):
            return self._unstorable(path)
        try:
            descriptor = os.open(name, _FOLDER, dir_fd=parent)
        except OSError as error:
            return self._report(
                path, f"the folder cannot be read: {error.strerror}", "Check its permissions."
            )
        try:
            return self._folder(descriptor, name, f"{path}/", depth + 1)
        finally:
            os.close(descriptor)

    def _file(self, name: str, parent: int, path: str) -> None:
        if not _storable(name):
            return self._unstorable(path)
        try:
            data = _bytes_of(name, parent, self.settings.max_file_bytes)
        except _Refused as refused:
            return self._report(path, *refused.args)
        except OSError as error:
            return self._report(path, f"the file cannot be read: {error.strerror}", "Check its permissions.")
        self._keep(path, data)
        return None

    def _keep(self, path: str, data: bytes) -> None:
        self.files[path] = FileEntry(len(data), sha256(data).digest())
        self.content[path] = data
        self.total += len(data)
        if len(self.files) > self.settings.max_files:
            raise _over(f"more than {self.settings.max_files:,} files", "SOURCE_MAX_FILES")
        if self.total > self.settings.max_total_bytes:
            raise _over(f"more than {self.settings.max_total_bytes:,} bytes", "SOURCE_MAX_TOTAL_BYTES")

    def _count(self, entries: int) -> None:
        self.entries += entries
        if self.entries > self.settings.max_entries:
            raise _over(f"more than {self.settings.max_entries:,} entries", "SOURCE_MAX_ENTRIES")

    def _link(self, entry: os.DirEntry[str], path: str) -> None:
        if is_skipped_folder(entry.name) and not is_wanted(path):
            return
        target = _target(Path(self.root, path))
        if target is not None and not target.is_relative_to(self.root):
            reason = "the link leads out of the source, and was not followed"
            self._report(path, reason, "Put the pages themselves into the source.")
        elif target is None and is_wanted(path):
            reason = "the link leads nowhere: what it names is missing, or leads back to it"
            self._report(path, reason, "Put the page itself here, or remove the link.")
        elif is_wanted(path) or (target is not None and target.is_dir()):
            reason = "links are not followed; what it links to is read in its own place"
            self._report(path, reason, "Put a copy here if it is to appear twice.", Severity.WARNING)

    def _unstorable(self, path: str) -> None:
        shown = path.encode("utf-8", "replace").decode()
        self._report(shown, "the name is not valid UTF-8, and was not read", "Rename it.")

    def _report(self, path: str, reason: str, advice: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(path, None, severity, reason, advice))


def _bytes_of(name: str, parent: int, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises _Refused or OSError."""
    descriptor = os.open(name, _FILE, dir_fd=parent)
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise _Refused("it is no regular file, and was not opened", "Replace it by a file.")
        if facts.st_size > limit:
            raise _too_large(facts.st_size, limit)
        data = os.read(descriptor, facts.st_size + 1)
        while more := os.read(descriptor, 65_536):  # the file grew, or the read was cut short
            data += more
            if len(data) > limit:
                raise _too_large(len(data), limit)
        return data
    finally:
        os.close(descriptor)


def _too_large(size: int, limit: int) -> _Refused:
    advice = "Split the page, or raise SOURCE_MAX_FILE_BYTES."
    return _Refused(f"the file is larger than {limit:,} bytes ({size:,}), and was not read", advice)


def _over(what: str, setting: str) -> SourceError:
    return SourceError(f"The source holds {what}.", f"Give a smaller folder, or raise {setting}.")


def _storable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _target(link: Path) -> Path | None:
    try:
        return link.resolve(strict=True)
    except (OSError, RuntimeError):  # broken or cyclic: it leads nowhere
        return None
