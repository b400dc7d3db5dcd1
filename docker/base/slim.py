"""Reduce the file system it runs in to what two lists name: slim.py PACKAGES PROGRAMS

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
    "/usr/lib/python3*/lib2to3",
    "/usr/lib/python3*/pydoc_data",
    "/usr/lib/python3*/test",
    "/usr/lib/python3/dist-packages/*",
    "/usr/local/lib/python3*/ensurepip",
    "/usr/local/lib/python3*/idlelib",
    "/usr/local/lib/python3*/lib2to3",
    "/usr/local/lib/python3*/pydoc_data",
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
    "/usr/share/zoneinfo/right",  # time with leap seconds
    "/var/cache/*",
    "/var/lib/apt",
    "/var/lib/dpkg/*-old",
    "/var/lib/dpkg/info/*.p[or]*",  # scripts of the package manager, which is not there any more
    "/var/lib/dpkg/info/*.symbols",
    "/var/lib/dpkg/info/*.templates",
    "/var/log/*",
)


def main(packages: str, programs: str) -> None:
    """Leave out every package and program that no line of its list matches."""
    _keep_packages(_patterns(packages))
    for pattern in LEFT_OUT:
        for path in Path("/").glob(pattern.lstrip("/")):
            _remove(path)
    _keep_programs(_patterns(programs))


def _patterns(list_: str) -> list[str]:
    lines = Path(list_).read_text().splitlines()
    return [name for line in lines if (name := line.split("#")[0].strip())]


def _matches(name: str, patterns: list[str]) -> bool:
    return any(name == pattern or fnmatch(name, pattern) for pattern in patterns)


def _keep_packages(patterns: list[str]) -> None:
    kept = []
    for stanza in STATUS.read_text().rstrip("\n").split("\n\n"):
        name = stanza.split("\n", 1)[0].removeprefix("Package: ")
        if _matches(name, patterns):
            kept.append(stanza)
        else:
            _remove_package(name)
    STATUS.write_text("\n\n".join(kept) + "\n")


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


def _keep_programs(patterns: list[str]) -> None:
    for folder in ("/usr/bin", "/usr/sbin", "/usr/local/bin"):
        for path in Path(folder).iterdir():
            if not _matches(path.name, patterns) or not path.exists():
                path.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
