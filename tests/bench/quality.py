"""How often the learners' questions find their answer, by kind of question and mode of search.

The search runs over all curricula together, as a learner meets them. Nothing is tuned to these questions.
"""

from collections.abc import Sequence
from statistics import median
from typing import Any

from tests.bench import answering
from tests.bench.findings import Findings, Grid, Row
from tests.bench.fresh import fresh
from tests.bench.place import MODEL, REAL, Place
from tests.bench.progress import say
from tests.bench.questions import UNANSWERABLE, LearnerQuestion, read_questions, same_heading

from robolearn.domain.search import SearchMode

MODES = tuple(mode.value for mode in SearchMode)
DEPTHS = (1, 5)
COLUMNS = (
    "kind",
    "questions",
    *(f"{mode[:8]} {what}@{k}" for mode in MODES for what in ("hit", "file") for k in DEPTHS),
)
SCORED = ("questions", "count", "hybrid score", "dense cosine", "BM25")
CRITERION = (
    "hit@k: among the first k passages is one of the right file and heading (anywhere in its heading path, "
    "case and punctuation aside); file@k: one of the right file. Of several answers any one counts."
)

Hits = dict[str, list[dict[str, Any]]]
Asked = tuple[LearnerQuestion, Hits]


def measure(place: Place) -> Findings:
    """Load the curricula that the questions name, embed them with the local model, and ask."""
    if not REAL.is_dir():
        return Findings(
            (), notes=("Search quality is measured on curricula that are not part of the project.",)
        )
    every = read_questions(REAL)
    usable = [one for one in every if one.readable]
    curricula = sorted({one.curriculum for one in usable})
    url, index = place.database(), place.memory / "quality"
    say(f"quality: embedding {', '.join(curricula)}")
    built = fresh(answering.build, url, [str(REAL / one) for one in curricula], MODEL, index)
    passages = built.values["passages"]
    say(f"quality: asking {len(usable)} questions over {passages} passages")
    answers = fresh(answering.ask, url, MODEL, index, [one.text for one in usable])
    asked = list(zip(usable, answers.values["found"], strict=True))
    answerable = [one for one in asked if one[0].kind != UNANSWERABLE]
    notes = (
        f"{len(every) - len(usable)} of {len(every)} questions are answered in files of formats not read yet "
        f"(.rst, .ipynb) and left out; searched are {passages:,} passages of all named curricula.",
        CRITERION,
    )
    return Findings((_row(answerable, answers.megabytes),), (_by_kind(answerable), _scores(asked)), notes)


def _row(answerable: Sequence[Asked], megabytes: float) -> Row:
    hybrid = _share(answerable, "hybrid", 5, whole=True)
    best_leg = max(_share(answerable, mode, 5, whole=True) for mode in ("semantic", "lexical"))
    name = f"hybrid hit@5 of {len(answerable)} learner questions against the better leg alone"
    return Row(name, hybrid, "", best_leg, hybrid / best_leg if best_leg else None, ours_mb=megabytes)


def _by_kind(answerable: Sequence[Asked]) -> Grid:
    kinds = sorted({one.kind for one, _ in answerable})
    groups = {kind: [one for one in answerable if one[0].kind == kind] for kind in kinds} | {
        "all": answerable
    }
    return Grid("Learner questions", COLUMNS, tuple(_line(kind, group) for kind, group in groups.items()))


def _line(kind: str, group: Sequence[Asked]) -> tuple[str, ...]:
    shares = (
        _count(group, mode, k, whole=whole) for mode in MODES for whole in (True, False) for k in DEPTHS
    )
    return (kind, str(len(group)), *map(str, shares))


def _share(group: Sequence[Asked], mode: str, k: int, *, whole: bool) -> float:
    return _count(group, mode, k, whole=whole) / len(group)


def _count(group: Sequence[Asked], mode: str, k: int, *, whole: bool) -> int:
    return sum(any(_right(question, hit, whole) for hit in found[mode][:k]) for question, found in group)


def _right(question: LearnerQuestion, hit: dict[str, Any], whole: bool) -> bool:
    return any(
        target.file == hit["file"] and (not whole or same_heading(target.heading, hit["headings"]))
        for target in question.targets
    )


def _scores(asked: Sequence[Asked]) -> Grid:
    """The evidence that tells answerable questions from others, if any does."""
    groups = {"answerable": False, UNANSWERABLE: True}
    lines = []
    for name, unanswerable in groups.items():
        found = [hits for one, hits in asked if (one.kind == UNANSWERABLE) is unanswerable]
        lines.append((name, str(len(found)), *(_range(found, *one) for one in _EVIDENCE)))
    return Grid("Best scores: median (lowest to highest)", SCORED, tuple(lines))


_EVIDENCE = (("hybrid", "score"), ("semantic", "dense"), ("lexical", "lexical"))


def _range(found: Sequence[Hits], mode: str, score: str) -> str:
    best = [float(hits[mode][0][score]) for hits in found if hits[mode]]
    return f"{median(best):.2f} ({min(best):.2f} to {max(best):.2f})" if best else ""
