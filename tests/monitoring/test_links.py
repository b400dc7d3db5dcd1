"""What operators read leads where it says."""

import re
from pathlib import Path

import pytest

from .reading import ROOT

_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def _anchors(file: Path) -> set[str]:
    """The anchors that a forge gives to headings."""
    headings = _HEADING.findall(file.read_text())
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", ["docker.md", "kubernetes.md", "operations.md", "metrics.md", "backup.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    document = ROOT / "docs" / name
    for path, anchor in _LINK.findall(document.read_text()):
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), path
        assert not anchor or anchor in _anchors(target), f"{path}#{anchor}"
