"""Load courses through the stack's own ingest service."""

from pathlib import Path

from scripts.stack.refusal import Refused
from scripts.stack.stacks import Stack

SAMPLE = "curriculum"  # the courses of this repository, which the images carry


def seed(stack: Stack, source: str = SAMPLE) -> int:
    """Load a folder of this machine or a git URL. Returns ingest's exit code: 3 if some files failed."""
    mount, place = _place(source)
    return stack.run("run", "--rm", *mount, stack.loader, "python", "-m", "robolearn_ingest", "ingest", place)


def _place(source: str) -> tuple[tuple[str, ...], str]:
    if source == SAMPLE:
        return (), "/app/curriculum"
    if "://" in source or source.startswith("git@"):
        return (), source
    folder = Path(source).expanduser().resolve()
    if not folder.exists():
        raise Refused([f"{source} does not exist; give CURRICULUM an existing folder, or a git URL."])
    # A source is known by its path, so each folder keeps its own inside the container.
    inside = f"/courses{folder}"
    return ("--volume", f"{folder}:{inside}:ro"), inside
