"""A small course of the test's own, whose words nothing else has."""

from collections.abc import Mapping
from pathlib import Path


class Course:
    """A plain folder of Markdown pages."""

    def __init__(self, folder: Path, pages: Mapping[str, str]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write a page, readable by the user of the containers."""
        page = self.folder / f"{name}.md"
        page.write_text(f"# {name.replace('-', ' ').capitalize()}\n\n{text}\n")
        page.chmod(0o644)
        self.folder.chmod(0o755)

    def remove(self, name: str) -> None:
        """Remove a page."""
        (self.folder / f"{name}.md").unlink()


def many(folder: Path, pages: int, thing: str = "gripper") -> Course:
    """A course long enough to be interrupted."""
    text = f"The {thing} number {{0}} closes on part {{0}} with {{0}} newtons, and drops it when {{0}} slips."
    return Course(folder, {f"{thing}-{n}": text.format(n) for n in range(pages)})
