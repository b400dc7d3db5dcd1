"""The learners' questions over the real curricula, and what counts as finding the answer."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Layouts and formats that are read so far; questions on other files are counted, and left out.
UNREAD_ENDINGS = (".rst", ".ipynb")
UNANSWERABLE = "unanswerable"
_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Target:
    """Where an answer stands."""

    file: str
    heading: str | None


@dataclass(frozen=True, slots=True)
class LearnerQuestion:
    """A question; `targets` are all its answers (none: it has no answer)."""

    text: str
    kind: str
    curriculum: str
    targets: tuple[Target, ...]

    @property
    def readable(self) -> bool:
        """Whether the files that answer it are of formats that are read."""
        return not any(target.file.endswith(UNREAD_ENDINGS) for target in self.targets)


def read_questions(folder: Path) -> list[LearnerQuestion]:
    """Questions of both files; those of the FAQ are of the kind `faq`."""
    asked = [_question(one, one["kind"]) for one in _lines(folder / "questions.jsonl")]
    return asked + [_question(one, "faq") for one in _lines(folder / "faq_pairs.jsonl")]


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _question(one: dict[str, Any], kind: str) -> LearnerQuestion:
    places = [one, *one.get("also", ())]
    targets = tuple(Target(place["file"], place.get("heading")) for place in places if place.get("file"))
    return LearnerQuestion(one["q"], kind, one["curriculum"], targets)


def same_heading(wanted: str | None, path: tuple[str, ...]) -> bool:
    """Whether a heading stands anywhere in a heading path; punctuation, case and numbering aside."""
    if wanted is None:
        return True
    plain = _plain(wanted)
    return any(
        plain == found or (found and (plain in found or found in plain)) for found in map(_plain, path)
    )


def _plain(heading: str) -> str:
    return _NOT_WORD.sub(" ", heading.lower()).strip()
