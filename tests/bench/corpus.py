"""Documents like lessons of a robotics course, from a seeded generator."""

import random
from pathlib import Path

VERBS, NAMES, OTHERS = (
    part.split()
    for part in Path(__file__).with_name("vocabulary.txt").read_text(encoding="utf-8").split("\n\n")
)
SECTIONS = 5
WORDS = (90, 120)
IN_A_FOLDER = 50
EDIT = "An edited sentence stands here."


def write_corpus(folder: Path, documents: int, seed: int = 2026) -> None:
    """Write `documents` Markdown files of SECTIONS headed sections each, in folders of IN_A_FOLDER."""
    chance = random.Random(seed)
    for number in range(documents):
        file = _file(folder, number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_document(chance, number), encoding="utf-8")


def questions(count: int, seed: int) -> list[str]:
    """Questions in the words of the documents."""
    chance = random.Random(seed)
    return [
        f"{_title(chance)} when the {chance.choice(NAMES)} is {chance.choice(OTHERS)}?" for _ in range(count)
    ]


def edit(folder: Path, documents: int, *, every: int = 100) -> int:
    """Add a sentence to one section of every hundredth document; how many were edited."""
    edited = range(0, documents, every)
    for number in edited:
        file = _file(folder, number)
        head, mark, rest = file.read_text(encoding="utf-8").partition("\n## 3. ")
        title, _, body = rest.partition("\n\n")
        file.write_text(f"{head}{mark}{title}\n\n{EDIT} {body}", encoding="utf-8")
    return len(edited)


def undo_edits(folder: Path, documents: int, *, every: int = 100) -> None:
    """Bring the documents back to what `write_corpus` wrote."""
    for number in range(0, documents, every):
        file = _file(folder, number)
        file.write_text(file.read_text(encoding="utf-8").replace(f"{EDIT} ", ""), encoding="utf-8")


def _file(folder: Path, number: int) -> Path:
    return folder / f"part-{number // IN_A_FOLDER:02}" / f"lesson-{number:04}.md"


def _document(chance: random.Random, number: int) -> str:
    sections = [
        f"## {index}. {_title(chance)}\n\n{_prose(chance, chance.randint(*WORDS))}\n"
        for index in range(1, SECTIONS + 1)
    ]
    return f"# Lesson {number}: {_title(chance)}\n\n" + "\n".join(sections)


def _title(chance: random.Random) -> str:
    return f"How to {chance.choice(VERBS)} the {chance.choice(OTHERS)} {chance.choice(NAMES)}"


def _prose(chance: random.Random, words: int) -> str:
    sentences: list[str] = []
    count = 0
    while count < words:
        sentence = _sentence(chance)[: words - count]
        count += len(sentence)
        sentences.append(" ".join(sentence).capitalize() + ".")
    return " ".join(sentences)


def _sentence(chance: random.Random) -> list[str]:
    """Nine to thirteen words; numbers and parameters make texts as different as real ones are."""
    pick = chance.choice
    end = [
        pick(("at", "near", "above", "below")),
        str(chance.randint(1, 999)),
        pick(("hertz", "metres", "ms")),
    ]
    middle = [pick(VERBS) + "s", "the", pick(OTHERS), pick(NAMES)]
    start = [pick(("the", "a", "each", "this")), pick(OTHERS), pick(NAMES)]
    return [*start, *middle, *(end if chance.random() < 0.6 else ["with", "its", pick(OTHERS), pick(NAMES)])]
