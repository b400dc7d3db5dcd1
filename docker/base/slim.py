"""Reduce the file system it runs in to the packages of a list: slim.py LIST

It works on the package manager's own lists of files and runs none of its scripts, and it keeps the status of
what stays, so that scanners for vulnerabilities still see every package that is there.
"""

import shutil
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

STATUS = Path("/var/lib/dpkg/status")
INFO = Path("/var/lib/dpkg/info")
# What no package owns, or what packages that stay carry for people and for installing.
LEFT_OUT = (
    "/etc/apt",
    "/usr/lib/*/gconv",  # Python has its own encodings
    "/usr/lib/*/perl-base",
    "/usr/lib/apt",
    "/usr/lib/dpkg",
    "/usr/lib/python3*/ensurepip",
    "/usr/lib/python3/dist-packages/*",
    "/usr/local/bin/idle*",
    "/usr/local/bin/pip*",
    "/usr/local/bin/pydoc*",
    "/usr/local/lib/python3*/ensurepip",
    "/usr/local/lib/python3*/idlelib",
    "/usr/local/lib/python3*/lib2to3",
    "/usr/local/lib/python3*/test",
    "/usr/local/lib/python3*/tkinter",
    "/usr/local/lib/python3*/turtledemo",
    "/usr/local/lib/python3*/site-packages/*",
    "/usr/share/bash-completion",
    "/usr/share/doc",
    "/usr/share/info",
    "/usr/share/lintian",
    "/usr/share/locale",
    "/usr/share/man",
    "/usr/share/perl*",
    "/usr/share/python-wheels",
    "/usr/share/python3",
    "/var/cache/*",
    "/var/lib/apt",
    "/var/lib/dpkg/*-old",
    "/var/log/*",
)


def main(keep_list: str) -> None:
    """Leave out every package that no line of the list matches."""
    patterns = [line.split("#")[0].strip() for line in Path(keep_list).read_text().splitlines()]
    kept = []
    for stanza in STATUS.read_text().rstrip("\n").split("\n\n"):
        name = stanza.split("\n", 1)[0].removeprefix("Package: ")
        if any(fnmatch(name, pattern) for pattern in patterns if pattern):
            kept.append(stanza)
        else:
            _remove_package(name)
    STATUS.write_text("\n\n".join(kept) + "\n")
    for pattern in LEFT_OUT:
        for path in Path("/").glob(pattern.lstrip("/")):
            _remove(path)
    _remove_dangling()


def _remove_package(name: str) -> None:
    for path in (path for listing in _info(name, "list") for path in _files(listing)):
        path.unlink(missing_ok=True)
    for path in _info(name, "*"):
        path.unlink()


def _info(name: str, suffix: str) -> list[Path]:
    return [*INFO.glob(f"{name}.{suffix}"), *INFO.glob(f"{name}:*.{suffix}")]


def _files(listing: Path) -> Iterator[Path]:
    paths = (Path(line) for line in listing.read_text().splitlines())
    return (path for path in paths if not path.is_dir())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _remove_dangling() -> None:
    folders = ("/usr/bin", "/usr/sbin", "/usr/local/bin", "/etc/alternatives")
    for _ in range(2):  # a name leads to an alternative, which leads to a program
        for path in (path for folder in folders for path in Path(folder).iterdir()):
            if path.is_symlink() and not path.exists():
                path.unlink()


if __name__ == "__main__":
    main(sys.argv[1])
