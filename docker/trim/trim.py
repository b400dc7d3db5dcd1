"""Leave out of a virtual environment what lists name, and strip what is compiled: trim.py VENV LIST..."""

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path


def main(venv: str, *lists: str) -> None:
    """Delete what matches. Exits with a sentence if a line names nothing of a package that is there."""
    [packages] = Path(venv).glob("lib/python*/site-packages")
    for line in (line for list_ in lists for line in Path(list_).read_text().splitlines()):
        if pattern := line.split("#")[0].strip():
            _leave_out(packages, pattern)
    for module in (one for kind in ("*.cpython-*.so", "*.abi3.so") for one in packages.rglob(kind)):
        _strip(module)


def _leave_out(packages: Path, pattern: str) -> None:
    found = list(packages.glob(pattern))
    if not found and _present(packages, pattern):
        sys.exit(f"trim.py: {pattern} matches nothing: the package has changed. Correct or delete the line.")
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _strip(module: Path) -> None:
    """Drop the symbols that debuggers read, up to nine tenths of a file, and see that it still loads.

    Only Python's own modules: the libraries beside them, in folders `NAME.libs`, were rewritten by the tools
    that made the wheels, and strip breaks such files.
    """
    subprocess.run(["strip", "--strip-unneeded", module], check=True)
    ctypes.CDLL(str(module))


def _present(packages: Path, pattern: str) -> bool:
    package = pattern.split("/", maxsplit=1)[0]
    return package != "*" and (packages / package).exists()


if __name__ == "__main__":
    main(*sys.argv[1:])
