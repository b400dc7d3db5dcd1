"""Anchors as GitHub makes them from headings, unique in their page."""

import re
import unicodedata

_DROPPED = re.compile(r"[^\w\- ]")
_UNSAFE = re.compile(r"[^\w.:\-]+")


class Slugger:
    """Gives each heading of one page its anchor."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def slug(self, text: str) -> str:
        """The anchor of a heading's text; a repeated one gets `-1`, `-2`."""
        return self._unique(github_slug(text) or "section")

    def given(self, anchor: str) -> str:
        """An anchor that the author wrote, without characters that have no place in one."""
        return self._unique(_UNSAFE.sub("-", anchor).strip("-") or "section")

    def _unique(self, anchor: str) -> str:
        candidate, count = anchor, self._seen.get(anchor, 0)
        while candidate in self._seen:
            candidate, count = f"{anchor}-{count + 1}", count + 1
        self._seen[anchor] = count
        self._seen.setdefault(candidate, 0)
        return candidate


def github_slug(text: str) -> str:
    """Lower case, punctuation dropped, spaces to hyphens; letters of every script stay."""
    lowered = text.strip().lower()
    if lowered.isascii():
        return _DROPPED.sub("", lowered).replace(" ", "-")
    return "".join(filter(_stays, lowered)).replace(" ", "-")


def _stays(character: str) -> bool:
    return character in " -_" or character.isalnum() or unicodedata.category(character)[0] == "M"
